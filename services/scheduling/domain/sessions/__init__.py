"""Courses of sessions: their days, who has a place in them, who came, what is made up for."""
