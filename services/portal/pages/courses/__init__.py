"""Pages of courses of sessions: somebody's place in one, and who came to a day."""
