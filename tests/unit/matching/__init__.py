"""Matching without servers."""
