"""Tasks: who owes what by when, from the template and from what happened."""
