"""Loads through the ports what a decision needs, and no more."""
