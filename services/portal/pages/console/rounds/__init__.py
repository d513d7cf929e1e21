"""Rounds of placements, pairs and rings: review a draft, overrule it, let it stand."""
