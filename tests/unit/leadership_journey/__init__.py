"""A leadership journey in the town."""
