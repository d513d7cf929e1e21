"""Adapters for what lies outside the database: the relay, other services, the system's randomness."""
