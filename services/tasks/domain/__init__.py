"""Who owes what by when, pure: what happened, which tasks that makes, and what becomes of them."""
