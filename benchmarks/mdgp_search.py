"""Maximally diverse groups of fixed sizes by annealed swaps: the same search as P1's on a plain matrix of distances.

What each element would add to each group is kept up to date, so that a swap is judged in constant time (Gallego 2013).
The first cycle cools from the temperature at which one swap in thirty is taken, which is found by cooling quickly from
where most are; the next begin anew from the best, a little cooler: the perturbation of the population methods (Yang
2022) at the price of one solution. A temperature that follows from the distances alone would suit one family only.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.chance import EXPONENTIALS, STEPS, seeded
from services.matching.engine.compiled import compiled
from services.matching.engine.draw import below

Table = NDArray[np.float64]
Ints = NDArray[np.int32]
FEW = 300
"""Up to so many elements cycles are many, short and warm; of more, few, long and cold."""
MANY, FEWER = (32, 0.9, 0.3), (8, 0.73, 0.13)
"""How many cycles; where later ones begin and all end, as shares of the temperature where the first begins."""
TAKEN = 0.03
"""The share of proposals that is taken where the first cycle begins."""
QUICKLY, BLOCKS = 0.9, 100
"""The first cooling, which finds it: by how much a block, and so many blocks at most."""
BLOCK = 100
"""Proposals an element between two looks at the clock."""


def run(distances: Table, sizes: list[int], seconds: float, seed: int = 1) -> tuple[list[list[int]], float]:
    """(groups, sum of distances within groups) after about so many CPU seconds."""
    n, chance, began = len(distances), seeded(seed), time.process_time()
    table = np.ascontiguousarray(distances, np.float64)
    of = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    gives, best, most = np.empty((len(sizes), n)), of.copy(), -np.inf
    _give(table, of, gives)
    first = float(table.max()) * (n / len(sizes)) ** 0.5
    for _ in range(BLOCKS):
        if _cool(table, of, gives, BLOCK * n, first, chance, EXPONENTIALS) <= TAKEN * BLOCK * n:
            break
        first *= QUICKLY
    cycles, again, cold = MANY if n <= FEW else FEWER
    for cycle in range(cycles):
        _give(table, of, gives)
        hot = again * first if cycle else first
        start, until = time.process_time(), began + seconds * (cycle + 1) / cycles
        done = 0.0
        while done < 1.0:
            heat = hot * (cold * first / hot) ** done
            _cool(table, of, gives, BLOCK * n, heat, chance, EXPONENTIALS)
            done = (time.process_time() - start) / max(until - start, 1e-9)
        _climb(table, of, gives)
        value = _value(table, of)
        if value > most:
            best, most = of.copy(), value
        of = best.copy()
    return [np.flatnonzero(best == g).tolist() for g in range(len(sizes))], most


@compiled
def _give(table: Table, of: Ints, gives: Table) -> None:
    """Into gives[g, i]: the distances of i to the members of group g, added up."""
    gives[:] = 0.0
    for i in range(len(of)):
        for j in range(len(of)):
            gives[of[j], i] += table[i, j]


@compiled
def _value(table: Table, of: Ints) -> float:
    total = 0.0
    for i in range(len(of)):
        for j in range(i):
            if of[i] == of[j]:
                total += table[i, j]
    return total


@compiled
def _swap(table: Table, of: Ints, gives: Table, i: int, j: int) -> None:
    a, b = of[i], of[j]
    gone, come, here, there = table[i], table[j], gives[a], gives[b]
    for k in range(len(of)):
        change = come[k] - gone[k]
        here[k] += change
        there[k] -= change
    of[i], of[j] = b, a


@compiled
def _cool(  # noqa: PLR0917 - compiled functions take flat arguments
    table: Table, of: Ints, gives: Table, steps: int, heat: float, chance: NDArray[np.uint64], exponentials: Table
) -> int:  # fmt: skip
    """So many proposals to swap two elements, at one temperature; how many were taken."""
    n, taken = len(of), 0
    for _ in range(steps):
        i, j = below(chance, n), below(chance, n)
        a, b = of[i], of[j]
        if a == b:
            continue
        gain = gives[b, i] - gives[a, i] + gives[a, j] - gives[b, j] - 2.0 * table[i, j]
        if gain >= 0 or gain > -heat * exponentials[below(chance, STEPS)]:
            _swap(table, of, gives, i, j)
            taken += 1
    return taken


@compiled
def _climb(table: Table, of: Ints, gives: Table) -> None:
    """Swaps that gain, until there are none."""
    gained = True
    while gained:
        gained = False
        for i in range(len(of)):
            for j in range(i):
                a, b = of[i], of[j]
                if a != b and gives[b, i] - gives[a, i] + gives[a, j] - gives[b, j] - 2.0 * table[i, j] > 1e-9:
                    _swap(table, of, gives, i, j)
                    gained = True
