"""Matching on the real bus."""
