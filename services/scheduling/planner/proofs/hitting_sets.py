"""The smallest conflict among restrictions, where all that can be asked is whether some of them leave a solution.

Implicit hitting sets (Reiter, A Theory of Diagnosis from First Principles, 1987; Ignatiev and others, Smallest MUS
Extraction with Minimal Hitting Set Dualization, 2015): a conflict meets every correction set, that is, whatever must be
given up for a solution. A smallest set that meets all correction sets known so far is tested; if it leaves a
solution, that solution gives another correction set, otherwise it is a smallest conflict. The sets are masks of numbers
from 0.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

STEPS = 20_000
"""Tests and branches after which the search stops; about a second at 30 restrictions."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Restrictions of which none can be left out; `smallest`: it is proven that no set of fewer leaves no solution."""

    members: int
    smallest: bool


class _SpentError(Exception):
    """The effort allowed is used up."""


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
        """Correction sets that the seed does not meet, each disjoint from the others; at least one."""
        while self.solvable(seed):
            kept = seed
            for one in members(everything & ~seed):
                kept |= one if self.solvable(kept | one) else 0
            yield everything & ~kept
            seed |= everything & ~kept


def smallest_conflict(count: int, solvable: Callable[[int], bool], steps: int = STEPS) -> Conflict:
    """A smallest set without a solution among `count` restrictions, or a minimal one when the steps are used up.

    `solvable` takes a mask; what is solvable stays so with fewer restrictions. All together must not be.
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
    """A set of fewest members that meets all sets, by branch and bound; `upper` meets them, `least` bounds its size."""
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
    """How many of the sets are found to share nothing: as many members at least are needed to meet them all."""
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
