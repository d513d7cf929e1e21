"""The page on which the people of a placement agree on the days of an activity."""
