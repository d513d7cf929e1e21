"""Other services, as pages ask them over the bus."""
