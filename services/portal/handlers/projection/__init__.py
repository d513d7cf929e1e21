"""Read models from events, a module a subject."""
