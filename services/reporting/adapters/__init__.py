"""Other services, behind ports."""
