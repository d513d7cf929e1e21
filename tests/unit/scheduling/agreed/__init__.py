"""Days that the named people of a placement agree."""
