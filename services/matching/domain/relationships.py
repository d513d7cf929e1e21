"""What a re-match changes: relationships that end, which group carries on which, who moves, what is worth choosing.

A relationship is a pair of schools in one group. Groups are tuples of school ids here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Ids = tuple[str, ...]
Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Point:
    """One way to re-match: what changes for which score.

    `keeping`: the weight of a kept relationship in its search, None for the least repair; `ended`: relationships that
    end; `moved`: schools that change groups, without those that joined or left; `score`: mean over the schools placed.
    """

    keeping: float | None
    ended: int
    moved: int
    waiting: int
    score: float

    def beats(self, other: Point) -> bool:
        """Whether it dominates the other: as good in everything, better in something (Pareto)."""
        mine = (self.ended, self.waiting, -self.score)
        theirs = (other.ended, other.waiting, -other.score)
        return mine != theirs and all(one <= two for one, two in zip(mine, theirs, strict=True))


def relationships(groups: Iterable[Ids]) -> Pairs:
    """Every pair of schools that share a group."""
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def ended(before: Iterable[Ids], after: Iterable[Ids], present: Iterable[str]) -> int:
    """How many relationships between schools that are still present have ended."""
    here = set(present)
    return len({pair for pair in relationships(before) if pair <= here} - relationships(after))


def successors(before: Sequence[Ids], after: Sequence[Ids]) -> list[int | None]:
    """For each group of `after` the group of `before` that it carries on: most schools in common, each once."""
    home = {school: at for at, group in enumerate(before) for school in group}
    shared = Counter((home[school], at) for at, group in enumerate(after) for school in group if school in home)
    carried: dict[int, int] = {}
    taken: set[int] = set()
    for (old, new), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if new not in carried and old not in taken:
            carried[new] = old
            taken.add(old)
    return [carried.get(at) for at in range(len(after))]


def movers(before: Sequence[Ids], after: Sequence[Ids]) -> tuple[str, ...]:
    """Schools that were in a group and find themselves in another, ascending."""
    home = {school: at for at, group in enumerate(before) for school in group}
    carried = successors(before, after)
    return tuple(
        sorted(
            school
            for at, group in enumerate(after)
            for school in group
            if school in home and carried[at] != home[school]
        )
    )


def worth_choosing(points: Sequence[Point]) -> list[int]:
    """Positions of the Pareto-optimal points (of equal ones the first), those that change least first."""
    first = {(one.ended, one.waiting, one.score): at for at, one in reversed(list(enumerate(points)))}
    chosen = [at for at in first.values() if not any(other.beats(points[at]) for other in points)]
    return sorted(chosen, key=lambda at: (points[at].ended, points[at].waiting, -points[at].score))
