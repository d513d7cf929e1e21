"""What lies outside the database, behind ports: the relay, other services, the system's randomness."""
