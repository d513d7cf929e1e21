"""Randomness without chance: always the longest wait."""


class FixedRandomness:
    """Behind ``ports.Randomness``."""

    def fraction(self) -> float:
        return 1.0
