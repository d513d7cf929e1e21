"""Reactions to events that change visits."""
