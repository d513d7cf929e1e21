"""Pairs that change from round to round: no two twice while a fresh pair can be made, three where the number is odd.

Among few, the pairs of one round decide what is left for those to come. So the best pairs of a round are those after
which the most whole rounds of fresh pairs can still follow; among as many, those of largest worth. The look ahead is a
search with a fixed seed, and begins when those who could still be somebody's partner are fewer than half (above that
there always is a whole round: Dirac 1952).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

from services.matching.assigning.coaching import Head, Pairing, allowed, met, worth
from services.matching.assigning.graph import best_pairs
from services.matching.assigning.pairing import pair, pairing_of, ring

__all__ = ["together", "together_in_rings"]

FEW = 24
ATTEMPTS = 200
Edges = dict[tuple[int, int], float]
Group = tuple[str, ...]


def together(
    heads: Sequence[Head], held: Sequence[Group] = (), fixed: Sequence[Group] = (), largest: int = 3
) -> Pairing:
    """Everybody in pairs, by ids; one who is left over joins a pair, which becomes a ring of three.

    `held`: pairs that stand; they stay, and may only be joined. `fixed`: those that nobody may join either. `largest`:
    how many a pair or ring may grow to.
    """
    everybody = sorted(heads, key=lambda head: head.id)
    at = {head.id: number for number, head in enumerate(everybody)}
    stand = [sorted(at[one] for one in group) for group in held]
    closed = [sorted(at[one] for one in group) for group in fixed]
    taken = {one for group in (*stand, *closed) for one in group}
    free = [head for number, head in enumerate(everybody) if number not in taken]
    new = [sorted(at[head.id] for head in both) for both in _pairs(free).together]
    left = sorted(set(range(len(everybody))) - taken - {one for both in new for one in both})
    open_ = [*new, *stand]
    for lone in left:
        _join(everybody, lone, [group for group in open_ if len(group) < largest])
    return pairing_of(everybody, sorted([*open_, *closed]))


def together_in_rings(heads: Sequence[Head]) -> Pairing:
    """Everybody in rings of three to five; where there are only two, these two."""
    return ring(heads) if len(heads) != 2 else pair(heads)


def _join(heads: list[Head], lone: int, groups: list[list[int]]) -> None:
    """Let somebody into the pair that suits best; nowhere, where no pair may take them."""
    able = [group for group in groups if all(allowed(heads[lone], heads[other]) for other in group)]
    if able:
        best = max(able, key=lambda group: _welcome(heads, lone, group))
        best.append(lone)
        best.sort()


def _welcome(heads: list[Head], lone: int, group: list[int]) -> tuple[int, float]:
    fresh = sum(not met(heads[lone], heads[other]) for other in group)
    return fresh, sum(worth(heads[lone], heads[other]) for other in group)


def _pairs(heads: list[Head]) -> Pairing:
    """The pairs of one round, without a look ahead where there are many."""
    plain = pair(heads)
    if not 2 < len(heads) <= FEW or plain.repeated:
        return plain
    edges = {
        (a, b): worth(heads[a], heads[b])
        for a, b in combinations(range(len(heads)), 2)
        if allowed(heads[a], heads[b]) and not met(heads[a], heads[b])
    }
    if 2 * _fewest(edges, len(heads)) > len(heads):
        return plain
    return pairing_of(heads, [list(both) for both in _farsighted(edges, len(heads))])


def _farsighted(edges: Edges, count: int) -> list[tuple[int, int]]:
    """As many pairs as possible, after which the most whole rounds can follow."""
    draw = random.Random(count)  # noqa: S311 - the same pairs every time
    best = best_pairs((a, b, value) for (a, b), value in edges.items())
    most, bound = _follow(edges, best, count, draw), _fewest(edges, count) - 1
    for _ in range(ATTEMPTS):
        if most >= bound:
            break
        found = best_pairs((a, b, draw.random()) for a, b in edges)
        if (rounds := _follow(edges, found, count, draw)) > most:
            best, most = found, rounds
    return best


def _follow(edges: Edges, found: list[tuple[int, int]], count: int, draw: random.Random) -> int:
    """How many whole rounds are found after this one; a round is whole if it has as many pairs as this one."""
    left, rounds, wanted = {*edges} - {*found}, 0, len(found)
    while left:
        next_ = best_pairs((a, b, draw.random()) for a, b in sorted(left))
        if len(next_) < wanted:
            break
        left -= {*next_}
        rounds += 1
    return rounds


def _fewest(edges: Edges, count: int) -> int:
    """How many partners are left for whoever has the fewest."""
    degree = [0] * count
    for a, b in edges:
        degree[a] += 1
        degree[b] += 1
    return min(degree, default=0)
