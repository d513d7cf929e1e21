"""Slow work: a calendar is planned, and published in batches."""
