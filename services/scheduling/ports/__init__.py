"""What the handlers need of the outside world, by subject; calls join the unit of work's transaction."""
