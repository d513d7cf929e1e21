"""Randomness from the operating system."""

import secrets


class SystemRandomness:
    """Behind ``ports.Randomness``."""

    def __init__(self) -> None:
        self._source = secrets.SystemRandom()

    def fraction(self) -> float:
        """Return a number from 0 to 1."""
        return self._source.random()

    def secret(self, size: int) -> bytes:
        """Return random bytes that nobody can guess."""
        return secrets.token_bytes(size)
