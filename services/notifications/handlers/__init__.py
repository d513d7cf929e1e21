"""Reactions to events, commands, queries and background tasks."""
