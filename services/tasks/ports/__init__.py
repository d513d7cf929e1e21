"""What the handlers need of the outside world, by who uses it. `store` is MongoDB behind it."""
