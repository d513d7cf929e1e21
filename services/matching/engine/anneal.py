"""Simulated annealing over swaps and relocations, feasibility first (Kirkpatrick 1983; MDGP moves: Gallego 2013).

A move takes a school to the group of one of its best partners. It changes places with a member there, or leaves a
quad for a trio. A move that breaks more hard rules in the two groups is never taken, and one that breaks fewer always
is. Among the rest the score decides, at a temperature that falls geometrically. The number of groups and their sizes
stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.chance import EXPONENTIALS, STEPS
from services.matching.engine.compiled import compiled
from services.matching.engine.draw import below
from services.matching.engine.instance import Floats, Instance, Ints, Weights
from services.matching.engine.kernel import broken, forbidden, group_value


class State(NamedTuple):
    """The partition while it is worked on: members (rows of four), sizes, values, broken rules, each school's group."""

    groups: Ints
    sizes: Ints
    values: Floats
    faults: Ints
    of: Ints


class Room(NamedTuple):
    """Scratch space for a move: the two groups as they would be, and upper bounds on the value of a trio and a quad."""

    one: Ints
    two: Ints
    tops: Floats


@compiled
def measure(x: Instance, weights: Weights, state: State) -> None:
    """Fill in everything of the state that follows from the members."""
    for g in range(len(state.groups)):
        n = 4 if state.groups[g, 3] >= 0 else 3
        state.sizes[g] = n
        state.values[g] = group_value(x, weights, state.groups[g], n)
        state.faults[g] = broken(x, state.groups[g], n)
        for at in range(n):
            state.of[state.groups[g, at]] = g


def fresh(x: Instance, weights: Weights, groups: Ints) -> State:
    """The state of a partition."""
    count = len(groups)
    state = State(
        groups.copy(),
        np.zeros(count, np.int32),
        np.zeros(count, np.float64),
        np.zeros(count, np.int32),
        np.zeros(x.size, np.int32),
    )
    measure(x, weights, state)
    return state


def as_rows(groups: Iterable[Sequence[int]]) -> Ints:
    """Groups as rows of four; -1 ends a trio."""
    return np.array([[*group, *[-1] * (4 - len(group))] for group in groups], np.int32)


def in_groups(state: State) -> list[list[int]]:
    """The members of each group."""
    return [[i for i in row if i >= 0] for row in state.groups.tolist()]


@compiled
def _clashes(x: Instance, i: int, group: Ints, n: int, but: int) -> bool:
    """Whether a rule keeps i from taking the place of `but` in the group, or i is pinned to anybody."""
    if x.together_start[i] != x.together_start[i + 1]:
        return True
    for at in range(n):
        if group[at] != but and forbidden(x, i, group[at]):
            return True
    return False


@compiled
def _barred(x: Instance, state: State, i: int, m: int, b: int) -> bool:
    """Whether a rule keeps i (going to group b) and m (-1: nobody) from changing places."""
    if _clashes(x, i, state.groups[b], state.sizes[b], m):
        return True
    a = state.of[i]
    return m >= 0 and _clashes(x, m, state.groups[a], state.sizes[a], i)


@compiled
def _build(group: Ints, n: int, out: int, into: int, result: Ints) -> int:
    """Members without `out` and with `into` (-1: nobody), written to `result`; their number."""
    count = 0
    for at in range(n):
        if group[at] != out:
            result[count] = group[at]
            count += 1
    if into >= 0:
        result[count] = into
        count += 1
    return count


@compiled
def _put(state: State, g: int, members: Ints, n: int, value: float, faults: int) -> None:
    for at in range(4):
        state.groups[g, at] = members[at] if at < n else -1
    for at in range(n):
        state.of[members[at]] = g
    state.sizes[g], state.values[g], state.faults[g] = n, value, faults


@compiled
def _fill(state: State, side: NDArray[np.int8], mine: int, tops: Floats) -> None:
    """Write to `tops` the best value of a trio and a quad on this side, and a quarter more: what a move may reach."""
    tops[:] = 0.0
    for g in range(len(state.groups)):
        if side[g] == mine:
            at = state.sizes[g] - 3
            tops[at] = max(tops[at], state.values[g])
    tops *= 1.25


@compiled
def _take(
    x: Instance, weights: Weights, state: State, a: int, b: int, one: Ints, na: int, two: Ints, nb: int,
    strict: bool, allowance: float, tops: Floats,
) -> None:  # fmt: skip
    """Put `one` in place of group a and `two` of group b unless that breaks more rules or costs more than allowed."""
    fa, fb = 0, 0
    if not strict:
        fa, fb = broken(x, one, na), broken(x, two, nb)
    change = fa + fb - state.faults[a] - state.faults[b]
    if change > 0:
        return
    floor = state.values[a] + state.values[b] - allowance if change == 0 else -1e9
    vb = group_value(x, weights, two, nb)
    if vb + tops[na - 3] < floor:
        return
    va = group_value(x, weights, one, na)
    if va + vb < floor:
        return
    tops[na - 3], tops[nb - 3] = max(tops[na - 3], va), max(tops[nb - 3], vb)
    _put(state, a, one, na, va, fa)
    _put(state, b, two, nb, vb, fb)


def anneal(
    x: Instance, weights: Weights, state: State, near: Ints, counts: Ints, schools: Ints, side: NDArray[np.int8],
    mine: int, steps: int, hot: float, cold: float, chance: NDArray[np.uint64],
) -> None:  # fmt: skip
    """Anneal the groups g of `state` with side[g] == mine: so many proposals, from temperature `hot` to `cold`.

    `schools`: the members that are moved. Groups of the other side stay, so two threads may work on both sides at once.
    """
    room = Room(np.empty(4, np.int32), np.empty(4, np.int32), np.empty(2))
    _anneal(x, weights, state, near, counts, schools, side, mine, steps, hot, cold, chance, EXPONENTIALS, room)


@compiled
def _anneal(
    x: Instance, weights: Weights, state: State, near: Ints, counts: Ints, schools: Ints, side: NDArray[np.int8],
    mine: int, steps: int, hot: float, cold: float, chance: NDArray[np.uint64], exponentials: Floats, room: Room,
) -> None:  # fmt: skip
    one, two, tops = room
    heat = hot
    block = max(1, steps // 1000)
    cooling = (cold / hot) ** (1.0 / 1000)
    _fill(state, side, mine, tops)
    for step in range(steps):
        if step % block == block - 1:
            heat *= cooling
        i = schools[below(chance, len(schools))]
        if counts[i] == 0:
            continue
        k = near[i, below(chance, counts[i])]
        a, b = state.of[i], state.of[k]
        if a == b or side[b] != mine:
            continue
        m = state.groups[b, below(chance, 4)]
        if m == k or (m < 0 and state.sizes[a] == 3):
            continue
        strict = state.faults[a] + state.faults[b] == 0
        if strict and _barred(x, state, i, m, b):
            continue
        na = _build(state.groups[a], state.sizes[a], i, m, one)
        nb = _build(state.groups[b], state.sizes[b], m, i, two)
        allowance = heat * exponentials[below(chance, STEPS)]
        _take(x, weights, state, a, b, one, na, two, nb, strict, allowance, tops)
