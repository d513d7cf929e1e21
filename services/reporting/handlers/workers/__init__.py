"""Compiling reports, outside any transaction."""
