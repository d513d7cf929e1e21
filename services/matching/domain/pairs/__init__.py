"""Rounds in which people are brought together in pairs or rings, for a time: drafted, published, ended. Pure."""
