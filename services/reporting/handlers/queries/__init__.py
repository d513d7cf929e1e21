"""Forms as they stand, impact figures, reports and their files."""
