"""Random numbers that are the same on every machine: xorshift64* (Vigna 2016) and a rounded table of exponentials."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEPS = 4096
EXPONENTIALS = np.round(-np.log((np.arange(STEPS) + 0.5) / STEPS), 6).astype(np.float64)
"""Quantiles of the exponential distribution; rounded, because the last digit of `log` differs between libraries."""

WORD, FACTOR = 2**64 - 1, 2685821657736338717


def seeded(seed: int) -> NDArray[np.uint64]:
    """A generator's state from any whole number."""
    return np.array([((seed * 0x9E3779B97F4A7C15) ^ 0xD1B54A32D192ED03) & WORD or 1], np.uint64)


class Chance:
    """The same numbers for plain Python."""

    def __init__(self, seed: int) -> None:
        self._word = int(seeded(seed)[0])

    def below(self, n: int) -> int:
        """The next whole number in 0..n-1."""
        word = self._word
        word ^= word >> 12
        word = (word ^ (word << 25)) & WORD
        word ^= word >> 27
        self._word = word
        return ((((word * FACTOR) & WORD) >> 33) * n) >> 31

    def pick(self, choices: list[int], nobody: bool) -> int:
        """One of the choices, or, where that is allowed, -1 for nobody."""
        at = self.below(len(choices) + nobody)
        return choices[at] if at < len(choices) else -1

    def exponential(self) -> float:
        """A draw from the exponential distribution of mean 1."""
        return float(EXPONENTIALS[self.below(STEPS)])
