"""What the handlers need of the outside world, by subject. Calls join the unit of work's transaction."""
