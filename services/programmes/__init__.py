"""Programmes: schools, people, programmes and enrolments."""
