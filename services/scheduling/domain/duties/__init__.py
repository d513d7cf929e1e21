"""Duties that templates declare: laid out over the school year, ticked off by weeks, counted."""
