"""Parties that are more than one school, who stands how to whom, and categories of schools."""
