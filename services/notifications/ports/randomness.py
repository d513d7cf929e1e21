"""Randomness, so that tests can do without it."""

from typing import Protocol


class Randomness(Protocol):
    """Randomness."""

    def fraction(self) -> float:
        """Return a number from 0 to 1."""
        ...

    def secret(self, size: int) -> bytes:
        """Return random bytes that nobody can guess."""
        ...
