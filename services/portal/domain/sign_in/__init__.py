"""Signing in: rules over records, the moment and secrets that are made from a key."""
