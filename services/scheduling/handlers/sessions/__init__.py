"""Courses of sessions: facts, commands, queries and timers."""
