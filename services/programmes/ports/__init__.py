"""What the handlers need of the outside world, by who uses it; `store` and `files` stand behind it."""
