"""Two questions about a group, for insertion and repair: does it keep every rule, and what is it worth?"""

from __future__ import annotations

import numpy as np

from services.matching.engine.insertion import Fits, Worth
from services.matching.engine.instance import Instance, Weights
from services.matching.engine.progress import Sign
from services.matching.engine.small import SMALL, Tables, mask_of

__all__ = ["measured", "measures", "signed"]


def measures(x: Instance, weights: Weights) -> tuple[Fits, Worth]:
    """Both questions for groups of a round: from tables where it is small, else from the kernel."""
    if x.size <= SMALL:
        return measured(Tables(x, weights))
    from services.matching.engine.kernel import forbidden, group_value  # half a second to load

    known: dict[tuple[int, int], bool] = {}  # a call into the kernel takes longer than many look-ups
    bound = {i: x.together[x.together_start[i] : x.together_start[i + 1]].tolist() for i in set(x.together.tolist())}

    def clash(a: int, b: int) -> bool:
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            known[pair] = bool(forbidden(x, *pair))
        return known[pair]

    def fits(group: list[int]) -> bool:
        if any(clash(a, b) for at, a in enumerate(group) for b in group[:at]):
            return False
        return all(partner in group for school in group for partner in bound.get(school, ()))

    return fits, lambda group: float(group_value(x, weights, np.array(group, np.int32), len(group)))


def measured(tables: Tables) -> tuple[Fits, Worth]:
    """Both questions for groups of a small round."""
    return (lambda group: tables.faults(mask_of(group)) == 0), (lambda group: tables.value(mask_of(group)))


def signed(fits: Fits, sign: Sign | None) -> Fits:
    """The same question, with a call of `sign` before each answer."""
    if sign is None:
        return fits

    def asked(group: list[int]) -> bool:
        sign()
        return fits(group)

    return asked
