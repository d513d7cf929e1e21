"""Other services, as commands ask them over the bus."""
