"""Randomness behind a port, so that tests can fix it."""

from typing import Protocol


class Randomness(Protocol):
    """Random numbers and secrets."""

    def fraction(self) -> float:
        """Return a number from 0 to 1."""
        ...

    def secret(self, size: int) -> bytes:
        """Return random bytes that nobody can guess."""
        ...
