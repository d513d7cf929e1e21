"""A re-match: few relationships end, or the score is high, or something between. Pure and seeded.

At one end is the least repair of the groups that stand, at the other a search from scratch. Between them a kept
relationship counts more or less. `curve` gives the Pareto-optimal ones. Groups that have met stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.matching.domain.relationships import Point, worth_choosing
from services.matching.domain.schools import Round
from services.matching.engine.bound import CERTIFIED
from services.matching.engine.effort import NORMAL, Effort
from services.matching.engine.progress import Progress, stretch
from services.matching.engine.small import SMALL
from services.matching.engine.solve import Solution
from services.matching.forming.formation import SEARCH, Blocking, Formed, formed, ready
from services.matching.forming.regrouping import SEARCHES, Begun, Option, Standing, begin

__all__ = ["KEEPING", "Option", "Standing", "curve", "rematch", "repaired"]

KEEPING = 0.04
"""The usual weight of a kept relationship: about a twelfth of a school's score."""


def rematch(
    matching: Round,
    stands: Standing,
    seed: int,
    effort: Effort = NORMAL,
    *,
    keeping: float = KEEPING,
    progress: Progress | None = None,
) -> Formed:
    """Match again with `keeping` as the weight of a kept relationship."""
    begun = begin(matching, stands, progress)
    if isinstance(begun, Blocking):
        return _nothing(matching, stands, seed, begun)
    found = begun.searched(keeping, seed, effort, stretch(progress, 0.0, SEARCH))
    return begun.bounded(found, effort, stretch(progress, SEARCH, 1.0))


def repaired(matching: Round, stands: Standing, seed: int) -> Formed:
    """The least repair: only what the rules, and schools that came or left, demand."""
    begun = begin(matching, stands)
    return _nothing(matching, stands, seed, begun) if isinstance(begun, Blocking) else begun.repaired(seed)


def curve(
    matching: Round, stands: Standing, seed: int, effort: Effort = NORMAL, *, progress: Progress | None = None
) -> list[Option]:
    """The re-matches worth choosing from, the one that changes least first."""
    begun = begin(matching, stands, progress)
    if isinstance(begun, Blocking):
        return [Option(Point(None, 0, 0, 0, 0.0), _nothing(matching, stands, seed, begun))]
    way = stretch(progress, 0.0, SEARCH)
    if begun.instance.size <= SMALL or not begun.groups:
        levels = list(SEARCHES)
        drafts: Iterator[Formed] = (
            begun.searched(keeping, seed, effort, stretch(way, at / len(levels), (at + 1) / len(levels)))
            for at, keeping in enumerate(levels)
        )
    else:
        drafts = begun.chained(seed, effort, way)
    found = [begun.option(None, begun.repaired(seed)), *map(begun.option, SEARCHES, drafts)]
    chosen = [found[at] for at in worth_choosing([option.point for option in found])]
    return _bounded(begun, chosen, effort, stretch(progress, SEARCH, 1.0))


def _bounded(begun: Begun, options: list[Option], effort: Effort, progress: Progress | None) -> list[Option]:
    """The options with upper bounds. One bound holds for all options that place the same schools in as many groups.

    Rounds that are too large to be bounded whole get one bound, for the best option, from half as many windows as a
    re-match. Options of another scope then have none.
    """
    known: dict[object, Formed] = {}
    for option in sorted(options, key=lambda option: -option.point.score):
        scope = _scope(option.formed)
        if scope not in known and (not known or begun.instance.size <= CERTIFIED):
            known[scope] = begun.bounded(option.formed, replace(effort, windows=(effort.windows + 1) // 2), progress)
    return [
        replace(option, formed=_like(option.formed, known.get(_scope(option.formed), option.formed)))
        for option in options
    ]


def _scope(found: Formed) -> tuple[frozenset[str], int]:
    """The scope of a bound: who is placed, in how many groups."""
    return frozenset(school.id for group in found.groups for school in group), len(found.groups)


def _like(found: Formed, best: Formed) -> Formed:
    return replace(found, bound=best.bound, bound_kind=best.bound_kind, prices=best.prices)


def _nothing(matching: Round, stands: Standing, seed: int, reason: Blocking) -> Formed:
    return formed(ready(matching), Solution((), (), 0.0, seed, "none", 0.0), (reason,))
