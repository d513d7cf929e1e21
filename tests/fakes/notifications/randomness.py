"""Randomness without chance: always the longest wait, always the same secret."""


class FixedRandomness:
    """Behind ``ports.Randomness``."""

    def fraction(self) -> float:
        return 1.0

    def secret(self, size: int) -> bytes:
        return bytes(size)
