"""Answers that are only counted: what is kept of them, and how much of it may be shown."""
