"""Reactions to events: load, decide, save. One module for each subject."""
