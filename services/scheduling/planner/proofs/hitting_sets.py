"""A smallest conflict among restrictions, where the only question is whether a subset of them has a solution.

Implicit hitting sets (Reiter, A Theory of Diagnosis from First Principles, 1987; Ignatiev et al., Smallest MUS
Extraction with Minimal Hitting Set Dualization, 2015). A conflict meets every correction set: the restrictions that
must be given up for a solution. A smallest set that meets all known correction sets is tested. If it has a solution,
that solution yields another correction set; otherwise it is a smallest conflict. Sets are masks of numbers from 0.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

STEPS = 20_000
"""Tests and branches after which the search stops; about a second at 30 restrictions."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A minimal unsatisfiable set. `smallest`: it is proven that no smaller one exists."""

    members: int
    smallest: bool


class _SpentError(Exception):
    """The budget of steps is used up."""


class _Search:
    """Counts the steps of one search and remembers tests."""

    def __init__(self, solvable: Callable[[int], bool], steps: int) -> None:
        self._solvable, self._steps = solvable, steps
        self._known: dict[int, bool] = {}

    def step(self) -> None:
        if self._steps <= 0:
            raise _SpentError
        self._steps -= 1

    def solvable(self, some: int) -> bool:
        if some not in self._known:
            self.step()
            self._known[some] = self._solvable(some)
        return self._known[some]

    def corrections(self, seed: int, everything: int) -> Iterator[int]:
        """Pairwise disjoint correction sets that the seed does not meet; at least one."""
        while self.solvable(seed):
            kept = seed
            for one in members(everything & ~seed):
                kept |= one if self.solvable(kept | one) else 0
            yield everything & ~kept
            seed |= everything & ~kept


def smallest_conflict(count: int, solvable: Callable[[int], bool], steps: int = STEPS) -> Conflict:
    """A smallest unsatisfiable subset of `count` restrictions, or a minimal one when the steps are used up.

    `solvable` takes a mask and is monotone: fewer restrictions stay solvable. All together must be unsatisfiable.
    """
    everything = (1 << count) - 1
    minimal = without_needless(everything, solvable)
    search, known = _Search(solvable, steps), list[int]()
    least = 0
    try:
        while (least := (hitting := _hitting_set(known, minimal, least, search)).bit_count()) < minimal.bit_count():
            if not search.solvable(hitting):
                return Conflict(hitting, smallest=True)
            known += search.corrections(hitting, everything)
    except _SpentError:
        return Conflict(minimal, smallest=False)
    return Conflict(minimal, smallest=True)


def without_needless(some: int, solvable: Callable[[int], bool]) -> int:
    """A deletion filter (Chinneck, Feasibility and Infeasibility in Optimization, 2008, section 6.2)."""
    for one in members(some):
        if not solvable(some & ~one):
            some &= ~one
    return some


def _hitting_set(sets: Sequence[int], upper: int, least: int, search: _Search) -> int:
    """A minimum hitting set by branch and bound; `upper` hits all sets, `least` is a lower bound on the size."""
    best = upper

    def branch(chosen: int, barred: int) -> None:
        nonlocal best
        search.step()
        open_ = [one & ~barred for one in sets if not one & chosen]
        if chosen.bit_count() + _disjoint(open_) >= best.bit_count():
            return
        if not open_:
            best = chosen
            return
        for one in members(min(open_, key=int.bit_count)):
            branch(chosen | one, barred)
            if best.bit_count() == least:
                return
            barred |= one

    branch(0, 0)
    return best


def _disjoint(sets: Sequence[int]) -> int:
    """A lower bound on the size of a hitting set: the number of pairwise disjoint sets found greedily."""
    used = found = 0
    for one in sorted(sets, key=int.bit_count):
        if not one & used:
            used, found = used | one, found + 1
    return found


def members(some: int) -> Iterator[int]:
    """The members of a set, each as a mask."""
    while some:
        one = some & -some
        yield one
        some ^= one
