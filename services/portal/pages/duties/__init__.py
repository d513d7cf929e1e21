"""Pages of duties: a week to tick off, and how they stand."""
