"""The arithmetic of the inner loops, compiled: forbidden pairs and the score of a group.

`services.matching.domain.score` says the same in plain Python and is what the tests hold this against.
No fast-math: the order of additions is fixed, so results do not depend on the machine.
"""

from __future__ import annotations

import numpy as np

from services.matching.engine.compiled import compiled
from services.matching.engine.instance import (
    ACCEPT,
    BAND,
    FSM,
    FSM_APART,
    PLACE,
    STAGE,
    TRUST,
    Floats,
    Instance,
    Ints,
    Weights,
    X,
    Y,
)


@compiled
def holds(start: Ints, flat: Ints, i: int, j: int) -> bool:
    """Whether j stands in i's row."""
    for at in range(start[i], start[i + 1]):
        if flat[at] == j:
            return True
    return False


@compiled
def forbidden(x: Instance, i: int, j: int) -> bool:
    """Whether a hard rule keeps i and j apart. A distance that is not known (NaN) forbids nothing."""
    facts = x.facts
    if x.clash[int(facts[i, STAGE]), int(facts[j, STAGE])]:
        return True
    if facts[i, TRUST] >= 0 and facts[i, TRUST] == facts[j, TRUST]:
        return True
    across, along = facts[i, X] - facts[j, X], facts[i, Y] - facts[j, Y]
    accepted = min(facts[i, ACCEPT], facts[j, ACCEPT])
    if across * across + along * along > accepted * accepted:
        return True
    return holds(x.apart_start, x.apart, i, j)


@compiled
def pair_value(facts: Floats, weights: Weights, i: int, j: int) -> float:
    """What the pair itself is worth to each of its two: weighted diversity and closeness."""
    size = 0.0
    if facts[i, BAND] >= 0 and facts[j, BAND] >= 0:
        size = 1.0 if facts[i, BAND] != facts[j, BAND] else 0.0
    intake = 0.0
    if facts[i, FSM] >= 0 and facts[j, FSM] >= 0:
        intake = min(1.0, abs(facts[i, FSM] - facts[j, FSM]) / FSM_APART)
    elsewhere = 1.0 if facts[i, PLACE] != facts[j, PLACE] else 0.0
    value = weights.diversity * ((size + intake + elsewhere) / 3.0)
    across, along = facts[i, X] - facts[j, X], facts[i, Y] - facts[j, Y]
    square = across * across + along * along
    accepted = min(facts[i, ACCEPT], facts[j, ACCEPT])
    if square == square and accepted > 0:  # noqa: PLR0124 - false for NaN: an unknown distance earns nothing
        value += weights.closeness * max(0.0, 1.0 - np.sqrt(square) / accepted)
    return value


@compiled
def _served(x: Instance, group: Ints, n: int, at: int) -> tuple[float, int]:
    """How well the needs of the member at position `at` are covered by the others (0..1), and by whom at all (bits)."""
    i = group[at]
    total, givers = 0.0, 0
    for k in range(x.needs.shape[1]):
        topic = x.needs[i, k]
        if topic < 0:
            break
        best = 0
        for other in range(n):
            share = x.offers[group[other], topic]
            if other != at and share > 0:
                givers |= 1 << other
                best = max(best, share)
        total += x.wishes[i, k] * best
    return total / 100.0, givers


@compiled
def coverage(x: Instance, group: Ints, n: int, at: int) -> float:
    """How well the needs of the member at position `at` are covered by the others: 0..1."""
    return _served(x, group, n, at)[0]


@compiled
def group_value(x: Instance, weights: Weights, group: Ints, n: int) -> float:
    """The group score f of the first n schools of `group`, with the terms that steer the search."""
    covered, weakest, pairs, kept, one_sided, givers = 0.0, 1e9, 0.0, 0, n, 0
    for at in range(n):
        c, by = _served(x, group, n, at)
        covered += c
        weakest = min(weakest, c)
        givers |= by
        one_sided += c == 0
        for other in range(at):
            pairs += pair_value(x.facts, weights, group[at], group[other])
            if weights.keeping > 0 and holds(x.kept_start, x.kept, group[at], group[other]):
                kept += 1
    for at in range(n):
        one_sided -= givers >> at & 1
    value = weights.coverage * covered + weights.weakest * n * weakest + 2.0 * pairs / (n - 1)
    return value + weights.keeping * kept - weights.both_ways * one_sided


@compiled
def broken(x: Instance, group: Ints, n: int) -> int:
    """How many hard rules the group breaks: forbidden pairs, and pinned partners that are elsewhere."""
    count = 0
    for at in range(n):
        i = group[at]
        for other in range(at):
            if forbidden(x, i, group[other]):
                count += 1
        for row in range(x.together_start[i], x.together_start[i + 1]):
            count += 1
            for other in range(n):
                if group[other] == x.together[row]:
                    count -= 1
    return count
