"""Randomness from the operating system."""

import secrets


class SystemRandomness:
    """Behind ``ports.Randomness``."""

    def __init__(self) -> None:
        self._source = secrets.SystemRandom()

    def fraction(self) -> float:
        """Return a number from 0 to 1."""
        return self._source.random()
