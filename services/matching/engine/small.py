"""Small rounds without numba: up to EXACT schools solved exactly, up to SMALL by annealing on memoised group values.

Loading compiled code would take longer than all of this. Groups are bit masks of school numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from services.matching.engine.chance import Chance
from services.matching.engine.instance import ACCEPT, BAND, FSM, FSM_APART, PLACE, STAGE, TRUST, Instance, Weights, X, Y
from services.matching.engine.progress import Progress

EXACT = 11
SMALL = 60
FAULT = 1000.0
OFTEN = 4000


class Tables:
    """Facts about the pairs of a small round, and memoised values of groups."""

    def __init__(self, x: Instance, weights: Weights) -> None:
        self.n, self.weights = x.size, weights
        self.pairs = _pair_values(x, weights)
        self.kept = _relation(x.kept_start, x.kept, x.size)
        together = _relation(x.together_start, x.together, x.size)
        self.together = [sum(1 << int(j) for j in np.flatnonzero(row)) for row in together]
        self.enemies = [sum(1 << int(j) for j in np.flatnonzero(row)) for row in _forbidden(x)]
        self.covers = [
            [
                [float(x.wishes[i, k]) * int(x.offers[j, topic]) / 100 for j in range(x.size)]
                for k, topic in enumerate(x.needs[i].tolist())
                if topic >= 0
            ]
            for i in range(x.size)
        ]
        self.givers = [  # for each school those who could give it something
            sum(1 << j for j in range(x.size) if any(row[j] > 0 for row in rows)) for rows in self.covers
        ]
        self._values: dict[int, float] = {}

    def faults(self, mask: int) -> int:
        """How many hard rules the group breaks (a forbidden pair counts once from each side)."""
        return sum((self.enemies[i] & mask).bit_count() + (self.together[i] & ~mask).bit_count() for i in members(mask))

    def value(self, mask: int) -> float:
        """F of the group, less FAULT for each broken rule."""
        known = self._values.get(mask)
        if known is None:
            known = self._values[mask] = self._value(members(mask)) - FAULT * self.faults(mask)
        return known

    def _value(self, group: list[int]) -> float:
        w, n = self.weights, len(group)
        covered, near, kept = [], 0.0, 0
        for i in group:
            others = [j for j in group if j != i]
            covered.append(sum(max([row[j] for j in others]) for row in self.covers[i]))
            near += sum(self.pairs[i][j] for j in others)
            kept += sum(self.kept[i, j] for j in others)
        value = w.coverage * sum(covered) + w.weakest * n * min(covered) + near / (n - 1) + w.keeping * kept / 2
        return value - w.both_ways * self._one_sided(group) if w.both_ways else value

    def _one_sided(self, group: list[int]) -> int:
        """How many members get nothing, plus how many give nothing."""
        mask = mask_of(group)
        gets = sum(bool(self.givers[i] & mask & ~(1 << i)) for i in group)
        gives = sum(any(self.givers[i] >> j & 1 for i in group if i != j) for j in group)
        return 2 * len(group) - gets - gives


def members(mask: int) -> list[int]:
    """School numbers in a mask, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def mask_of(group: Iterable[int]) -> int:
    """The mask of school numbers."""
    return sum(1 << school for school in group)


def _relation(start: np.ndarray, flat: np.ndarray, n: int) -> np.ndarray:
    related = np.zeros((n, n), np.bool_)
    related[np.repeat(np.arange(n), np.diff(start)), flat] = True
    return related


def _ways(x: Instance) -> tuple[np.ndarray, np.ndarray]:
    place, accept = x.facts[:, [X, Y]], x.facts[:, ACCEPT]
    between = place[:, None] - place[None]
    return np.sqrt(between[..., 0] ** 2 + between[..., 1] ** 2), np.minimum(accept[:, None], accept[None])


def _forbidden(x: Instance) -> np.ndarray:
    stage, trust = x.facts[:, STAGE].astype(int), x.facts[:, TRUST]
    way, most = _ways(x)
    found: np.ndarray = x.clash[stage[:, None], stage[None]] | (way > most)
    found |= (trust[:, None] == trust[None]) & (trust[:, None] >= 0)
    found |= _relation(x.apart_start, x.apart, x.size)
    np.fill_diagonal(found, val=False)
    return found


def _pair_values(x: Instance, weights: Weights) -> list[list[float]]:
    band, fsm, area = x.facts[:, BAND], x.facts[:, FSM], x.facts[:, PLACE]
    size = (band[:, None] != band[None]) & (band[:, None] >= 0) & (band[None] >= 0)
    intake = np.minimum(1.0, np.abs(fsm[:, None] - fsm[None]) / FSM_APART)
    intake = np.where((fsm[:, None] >= 0) & (fsm[None] >= 0), intake, 0.0)
    way, most = _ways(x)
    near = np.nan_to_num(np.maximum(0.0, 1.0 - way / np.maximum(most, 1e-9)), nan=0.0)
    apart = (area[:, None] != area[None]).astype(float)
    value: list[list[float]] = (weights.diversity * ((size + intake + apart) / 3.0) + weights.closeness * near).tolist()
    return value


def exact(tables: Tables) -> list[int]:
    """The groups (masks) that place most schools, and among those score most, by dynamic programming over subsets."""
    best: dict[int, tuple[int, float, tuple[int, ...]]] = {0: (0, 0.0, ())}

    def solve(left: int) -> tuple[int, float, tuple[int, ...]]:
        known = best.get(left)
        if known is None:
            first = left & -left
            rest = left ^ first
            known = solve(rest)  # the first waits
            for others in _choices(members(rest)):
                group = first | others
                if tables.faults(group) == 0:
                    placed, score, groups = solve(left ^ group)
                    grown = (placed + group.bit_count(), score + tables.value(group))
                    if grown > known[:2]:
                        known = (*grown, (group, *groups))
            best[left] = known
        return known

    return list(solve((1 << tables.n) - 1)[2])


def _choices(rest: list[int]) -> list[int]:
    """Masks of every two or three of `rest`."""
    bits = [1 << one for one in rest]
    twos = [a | b for at, a in enumerate(bits) for b in bits[:at]]
    return twos + [a | b | c for at, a in enumerate(bits) for nth, b in enumerate(bits[:at]) for c in bits[:nth]]


def anneal_small(
    tables: Tables, groups: list[int], steps: int, hot: float, cold: float, chance: Chance,
    progress: Progress | None = None,
) -> list[int]:  # fmt: skip
    """Anneal by swaps and relocations; the best partition seen. `progress` is called every OFTEN steps."""
    groups = list(groups)
    of = {i: g for g, mask in enumerate(groups) for i in members(mask)}
    schools = sorted(of)
    value, total = tables.value, sum(tables.value(mask) for mask in groups)
    best, best_total, heat = list(groups), total, hot
    cooling = (cold / hot) ** (1 / max(steps, 1))
    for step in range(steps):
        if progress and step % OFTEN == 0:
            progress(step / steps)
        heat *= cooling
        i, b = schools[chance.below(len(schools))], chance.below(len(groups))
        a = of[i]
        if a == b:
            continue
        m = chance.pick(members(groups[b]), groups[a].bit_count() == 4 and groups[b].bit_count() == 3)
        flip = 1 << i | (1 << m if m >= 0 else 0)
        one, two = groups[a] ^ flip, groups[b] ^ flip
        gain = value(one) + value(two) - value(groups[a]) - value(groups[b])
        if gain < -heat * chance.exponential():
            continue
        groups[a], groups[b], of[i] = one, two, b
        if m >= 0:
            of[m] = a
        total += gain
        if total > best_total + 1e-12:
            best, best_total = list(groups), total
    return best
