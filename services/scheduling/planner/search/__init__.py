"""Local search: room for groups that found none, and cheaper dates once all have some."""
