"""Duties that templates declare: laid out, ticked off by weeks, shown and counted."""
