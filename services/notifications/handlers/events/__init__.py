"""Reactions to events: who gets which mail, one file a subject."""
