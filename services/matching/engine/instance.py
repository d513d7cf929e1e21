"""What the engine (compiled or plain) is given: one round of schools as arrays, and the weights of the terms.

The engine knows neither events nor storage; `services.matching.forming.encode` makes an instance from the domain's
schools. Every array is indexed by the school's position 0..n-1. Sums run in a fixed order and no random number
comes from numpy, so one instance and one seed give one result on any machine.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

X, Y, ACCEPT, FSM, STAGE, TRUST, BAND, PLACE = range(8)
"""Columns of `Instance.facts` (kilometres; FSM a share). STAGE: row of `clash`. TRUST: -1 none. BAND: -1 unknown."""

FSM_APART = 0.30

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class Weights(NamedTuple):
    """Weights of the terms of the group score (the template's), and two that steer the search beside it.

    `keeping`: what a kept relationship is worth. `both_ways`: what a member who gives or gets nothing costs.
    """

    coverage: float = 0.50
    weakest: float = 0.25
    diversity: float = 0.15
    closeness: float = 0.10
    keeping: float = 0.0
    both_ways: float = 0.0


class Instance(NamedTuple):
    """One round.

    `clash[a, b]`: stages that may not meet. `needs` holds topic numbers (-1 ends a row), `wishes` their shares (sum 1 a
    school), `offers[j, topic]` how well j can share it in percent. `apart`, `together` and `kept` are CSR rows of
    school numbers: never in one group, always in one group, grouped at present (worth keeping).
    """

    facts: Floats
    clash: NDArray[np.bool_]
    needs: NDArray[np.int16]
    wishes: Floats
    offers: NDArray[np.uint8]
    apart_start: Ints
    apart: Ints
    together_start: Ints
    together: Ints
    kept_start: Ints
    kept: Ints

    @property
    def size(self) -> int:
        """How many schools."""
        return len(self.facts)


def rows(pairs: list[tuple[int, int]], n: int) -> tuple[Ints, Ints]:
    """CSR rows (start, flat) of the symmetric relation that `pairs` spans, each row ascending without repeats."""
    both = np.array([(a, b) for a, b in pairs if a != b], np.int64).reshape(-1, 2)
    keys = np.unique(np.concatenate([both[:, 0] * n + both[:, 1], both[:, 1] * n + both[:, 0]]))
    owner, other = np.divmod(keys, max(n, 1))
    return np.searchsorted(owner, np.arange(n + 1)).astype(np.int32), other.astype(np.int32)


def subset(whole: Instance, chosen: Ints) -> Instance:
    """The round of `chosen` alone; relations to schools left out fall away."""
    place = np.full(whole.size, -1, np.int64)
    place[chosen] = np.arange(len(chosen))

    def part(start: Ints, flat: Ints) -> tuple[Ints, Ints]:
        owner = place[np.repeat(np.arange(whole.size), np.diff(start))]
        other = place[flat]
        inside = (owner >= 0) & (other >= 0)
        return rows(list(zip(owner[inside].tolist(), other[inside].tolist(), strict=True)), len(chosen))

    return Instance(
        whole.facts[chosen],
        whole.clash,
        whole.needs[chosen],
        whole.wishes[chosen],
        whole.offers[chosen],
        *part(whole.apart_start, whole.apart),
        *part(whole.together_start, whole.together),
        *part(whole.kept_start, whole.kept),
    )
