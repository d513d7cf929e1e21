"""Matching: turns enrolments into groups, and says why."""
