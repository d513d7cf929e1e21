"""Reads what people type: shared options, cells and dates, and what things are called."""
