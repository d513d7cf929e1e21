"""Courses of sessions: all of a programme, one with its days and people, who came to a day."""
