"""Randomness behind a port, so that tests can fix it."""

from typing import Protocol


class Randomness(Protocol):
    """Random numbers."""

    def fraction(self) -> float:
        """Return a number from 0 to 1."""
        ...
