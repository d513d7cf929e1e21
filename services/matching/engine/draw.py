"""`chance.Chance.below` for compiled code: the same numbers from the same seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.chance import FACTOR
from services.matching.engine.compiled import compiled

_A, _B, _C, _HIGH, _FACTOR = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(33), np.uint64(FACTOR)


@compiled
def below(state: NDArray[np.uint64], n: int) -> int:
    """The next whole number in 0..n-1 (n < 2**31)."""
    word = state[0]
    word ^= word >> _A
    word ^= word << _B
    word ^= word >> _C
    state[0] = word
    return int((np.int64((word * _FACTOR) >> _HIGH) * n) >> 31)
