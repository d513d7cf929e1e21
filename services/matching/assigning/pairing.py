"""Pairs and rings of heads who coach one another, and small schools that share a place. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

import numpy as np

from services.matching.assigning.coaching import Head, Pairing, allowed, met, why_alone, worth
from services.matching.assigning.cycles import best_rings
from services.matching.assigning.graph import best_pairs, near_pairs, regions
from services.matching.domain.schools import School, distance

__all__ = ["Neighbours", "neighbours", "pair", "pairing_of", "ring"]

NEAREST = 20
ALL_PAIRS = 500
_NOBODY: Mapping[str, Collection[str]] = MappingProxyType({})


def pair(heads: Sequence[Head], nearest: int = NEAREST) -> Pairing:
    """As many new pairs of near heads as possible, of largest worth; who is left may have an earlier partner again.

    Among more heads than `graph.LARGEST`: of each region by itself, and then of who is left in all of them.
    """
    heads = sorted(heads, key=lambda head: head.id)
    places = [head.place for head in heads]
    region, edges = regions(places), defaultdict[int, list[tuple[int, int, float]]](list)
    for a, b in near_pairs(places, nearest):
        if region[a] == region[b] and allowed(heads[a], heads[b]) and not met(heads[a], heads[b]):
            edges[region[a]].append((a, b, worth(heads[a], heads[b])))
    found = [both for each in edges.values() for both in best_pairs(each)]
    left = sorted(set(range(len(heads))) - {one for both in found for one in both})
    again = [
        (a, b, worth(heads[a], heads[b]) + (0.0 if met(heads[a], heads[b]) else 1.0))
        for a, b in _among(heads, left)
        if allowed(heads[a], heads[b])
    ]
    return pairing_of(heads, [[a, b] for a, b in sorted(found + best_pairs(again))])


def ring(heads: Sequence[Head], least: int = 3, most: int = 5) -> Pairing:
    """Rings in which each coaches the next. Earlier partners follow each other only where nothing else is left."""
    heads = sorted(heads, key=lambda head: head.id)
    table = np.full((len(heads), len(heads)), -np.inf)
    for a, one in enumerate(heads):
        for b, other in enumerate(heads):
            if allowed(one, other):
                table[a, b] = worth(one, other) - (10.0 if met(one, other) else 0.0)
    return pairing_of(heads, best_rings(table, least, most) if heads else [])


def _among(heads: list[Head], left: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of who is left; where they are many, each with the nearest of them only."""
    if len(left) <= ALL_PAIRS:
        yield from combinations(left, 2)
        return
    for a, b in near_pairs([heads[at].place for at in left], 5 * NEAREST):
        yield left[a], left[b]


def pairing_of(heads: list[Head], found: list[list[int]]) -> Pairing:
    """What these pairs and rings, by position, come to."""
    together = tuple(tuple(heads[at] for at in each) for each in found)
    steps = [
        (one, other)
        for each in together
        for one, other in zip(each, (*each[1:], each[0]), strict=True)
        if len(each) > 2 or one is each[0]
    ]
    placed = {at for each in found for at in each}
    alone = tuple(why_alone(head, heads) for at, head in enumerate(heads) if at not in placed)
    repeated = tuple((one, other) for one, other in steps if met(one, other))
    return Pairing(together, repeated, alone, sum(worth(one, other) for one, other in steps))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs of small schools with the distance between them in km, and which school has no partner, and why."""

    together: tuple[tuple[School, School, float], ...]
    alone: tuple[tuple[School, str], ...]


def neighbours(
    schools: Sequence[School], pupils: int, kilometres: float, *, apart: Mapping[str, Collection[str]] = _NOBODY
) -> Neighbours:
    """As many pairs as possible, near ones first, of schools of one stage with so many pupils and km apart at most.

    `apart`: school -> those with which it must not be.
    """
    small = sorted((one for one in schools if one.pupils and one.pupils <= pupils), key=lambda one: one.id)
    ways = {
        (a, b): way
        for a, b in near_pairs([one.place for one in small], NEAREST)
        if small[b].id not in apart.get(small[a].id, ())
        and small[a].stage == small[b].stage
        and (way := distance(small[a], small[b])) is not None
        and way <= kilometres
    }
    found = best_pairs((a, b, 1.0 - way / (2 * kilometres) if way else 1.0) for (a, b), way in ways.items())
    placed = {at for both in found for at in both}
    reachable = {at for both in ways for at in both}
    alone = tuple((small[at], _why(at in reachable, kilometres)) for at in range(len(small)) if at not in placed)
    return Neighbours(tuple((small[a], small[b], ways[a, b]) for a, b in found), alone)


def _why(reachable: bool, kilometres: float) -> str:
    if reachable:
        return "Its small neighbours share a place with others."
    return f"No other small school of its stage lies within {kilometres:g} km, or its place is not known."
