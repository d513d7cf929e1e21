"""What the handlers need of the outside world. `store` is MongoDB; calls join the unit of work's transaction."""
