"""Matches a round again from the groups that stand: repaired, searched, bounded. Pure and seeded."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from services.matching.domain.pins import refusal
from services.matching.domain.reasons import Reasons
from services.matching.domain.relationships import Ids, Pairs, Point, ended, movers, relationships
from services.matching.domain.schools import Pins, Round, School
from services.matching.domain.score import group_parts
from services.matching.domain.waiting import FEWEST
from services.matching.engine.bound import bound
from services.matching.engine.effort import Effort
from services.matching.engine.insertion import reinsert
from services.matching.engine.instance import Instance, Weights, subset
from services.matching.engine.measures import measures, signed
from services.matching.engine.progress import Progress, signing, stretch
from services.matching.engine.small import EXACT, SMALL
from services.matching.engine.solve import VERSION, Solution, solve
from services.matching.engine.start import along_curve
from services.matching.engine.warm_start import Search, around, improved
from services.matching.forming.encode import encode, engine_weights
from services.matching.forming.formation import Blocking, Formed, blocked, formed, ready
from services.matching.forming.repair import Groups, annealed, repaired

__all__ = ["SEARCHES", "Begun", "Option", "Standing", "begin"]

SEARCHES = {
    0.16: (5, 0.09, 0.018, 1.0, False),
    0.08: (5, 0.09, 0.018, 1.0, False),
    0.04: (6, 0.09, 0.015, 0.7, True),
    0.01: (5, 0.09, 0.01, 0.7, True),
    0.0: (25, 0.05, 0.01, 0.5, True),
}
"""The weights of a kept relationship along the curve, and the search for each (`engine.warm_start.Search`): one part in
so many of the moves of a search from scratch, first and last temperature, assignments a group, whether all move."""
SHARE = 4
"""A search from groups that stand has one part in so many of the moves of one from scratch, and no refining."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The groups that stand, as ids: those that may change, and those that have met.

    A group that has met stays as it is. One that has become too small may take others in; its schools stay together.
    """

    groups: tuple[Ids, ...]
    frozen: tuple[Ids, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A point of the curve and the groups behind it."""

    point: Point
    formed: Formed


@dataclass(frozen=True, slots=True)
class Begun:
    """A round for the engine, with repaired groups to begin from; schools of frozen groups are left out.

    `small`: groups that have met and may take others in. They are among the groups of `stands` that may change.
    """

    whole: Round
    matching: Round
    stands: Standing
    small: tuple[Ids, ...]
    instance: Instance
    groups: Groups
    waiting: list[int]
    reasons: Reasons

    @property
    def sizes(self) -> tuple[int, ...]:
        """Sizes that groups may have."""
        return self.matching.rules.sizes

    def weights(self, keeping: float) -> Weights:
        """The weights, with this weight of a kept relationship."""
        return engine_weights(self.matching.rules.weights, keeping)

    def repaired(self, seed: int) -> Formed:
        """The groups as repaired."""
        return self._formed(self.groups, self.waiting, seed, "repair", 0.0)

    def searched(self, keeping: float, seed: int, effort: Effort, progress: Progress | None) -> Formed:
        """Search with this weight; from scratch where it is 0, no groups stand, or the schools are few."""
        x, weights = self.instance, self.weights(keeping)
        if keeping == 0 or x.size <= EXACT or not self.groups:
            found = solve(x, weights, self.sizes, seed, effort, progress)
            groups = [list(group) for group in found.groups]
            return self._formed(groups, found.waiting, seed, found.engine, found.seconds)
        if x.size <= SMALL:
            groups = annealed(x, weights, self.groups, seed, progress)
            if progress:
                progress(1.0)
            return self._formed(groups, self.waiting, seed, "anneal, plain, warm", 0.0)
        placed = sorted(school for group in self.groups for school in group)
        place = {school: at for at, school in enumerate(placed)}
        start = [[place[school] for school in group] for group in self.groups]
        part = replace(effort, steps=effort.steps // SHARE, base=effort.base // SHARE, refined=0)
        local = subset(x, np.array(placed, np.int32))
        found = solve(local, weights, self.sizes, seed, part, progress, start)
        groups = [[placed[at] for at in group] for group in found.groups]
        left = [*self.waiting, *(placed[at] for at in found.waiting)]
        sign = signing(progress, 1.0)
        fits, worth = measures(x, weights)
        waiting = reinsert(groups, left, signed(fits, sign), worth, self.sizes)
        return self._formed(groups, waiting, seed, f"{found.engine}, warm", found.seconds)

    def chained(self, seed: int, effort: Effort, progress: Progress | None) -> Iterator[Formed]:
        """A draft for each of SEARCHES, each begun from the one before; fewer when the time runs out."""
        first, along = time.perf_counter(), along_curve(self.instance).tolist()
        x, groups, waiting = self.instance, self.groups, self.waiting
        fits, placed = measures(x, self.weights(0.0))[0], list[int]()
        for at, (keeping, (part, hot, cold, assignments, whole)) in enumerate(SEARCHES.items()):
            began, weights = time.perf_counter(), self.weights(keeping)
            way = stretch(progress, at / len(SEARCHES), (at + 1) / len(SEARCHES))
            if began - first > effort.ceiling:
                return
            seated = {school for group in groups for school in group}
            here = [school for school in along if school in seated]
            if here != placed:
                placed, place = here, {school: nth for nth, school in enumerate(here)}
                within = around(subset(x, np.array(placed, np.int32)), weights, way)
            search = Search(effort.steps // part, hot, cold, assignments * effort.assignments, whole)
            start = [[place[school] for school in group] for group in groups]
            found = improved(within, weights, start, search, seed, way)
            groups = [[placed[nth] for nth in group] for group in found]
            able = signed(fits, partial(way, 1.0) if way else None)
            waiting = reinsert(groups, waiting, able, measures(x, weights)[1], self.sizes)
            seconds = time.perf_counter() - began
            yield self._formed(groups, waiting, seed, "anneal+assign, warm, chained", seconds)

    def bounded(self, found: Formed, effort: Effort, progress: Progress | None) -> Formed:
        """With an upper bound on the score, and dual prices of the schools that may change."""
        place = {school.id: at for at, school in enumerate(self.matching.schools)}
        ids = [tuple(sorted(school.id for school in group)) for group in found.groups]
        open_ = [group for group in ids if len(group) >= FEWEST and group[0] in place]
        before = {tuple(sorted(group)) for group in self.stands.groups}
        there = {group: tuple(sorted(place[school] for school in group)) for group in open_}
        changed = frozenset(there[group] for group in open_ if group not in before)
        groups = list(there.values())
        limit = bound(self.instance, self.weights(0.0), groups, effort, changed=changed, progress=progress)
        if limit is None:
            return found
        aside = [group for group, named in zip(found.groups, ids, strict=True) if named not in there]
        fixed = sum(group_parts(self.matching.rules.weights, group).total for group in aside)
        whole = limit.value * sum(map(len, groups)) + fixed
        prices = {self.matching.schools[at].id: price for at, price in limit.prices.items()}
        return replace(found, bound=whole / sum(map(len, ids)), bound_kind=limit.kind, prices=prices)

    def option(self, keeping: float | None, found: Formed) -> Option:
        """The draft as a point of the curve."""
        after = tuple(tuple(school.id for school in group) for group in found.groups)
        here = [school.id for school in self.matching.schools]
        point = Point(
            keeping=keeping,
            ended=ended(self.stands.groups, after, here),
            moved=len(movers(self.stands.groups, after)),
            waiting=len(found.waiting),
            score=round(found.parts.total, 9),
        )
        return Option(point, found)

    def _formed(self, groups: Groups, waiting: Iterable[int], seed: int, engine: str, seconds: float) -> Formed:
        if not engine.startswith(VERSION):
            engine = f"{VERSION} {engine}"
        ordered = tuple(sorted(tuple(sorted(group)) for group in groups))
        left = {self.matching.schools[at].id: at for at in waiting}
        alone = tuple(group for group in self.small if len(group) > 1 and left.keys() & set(group))
        for school in {school for group in alone for school in group}:
            left.pop(school, None)
        solution = Solution(ordered, tuple(left.values()), 0.0, seed, engine, seconds)
        aside = _schools(self.whole, (*self.stands.frozen, *alone))
        return formed(self.matching, solution, also=aside, reasons=self.reasons)


def begin(matching: Round, stands: Standing, progress: Progress | None = None) -> Begun | Blocking:
    """Prepare a re-match: encode the round and repair its groups; or why nothing can be matched."""
    whole = ready(matching)
    small, pins = _small(whole, stands.frozen)
    open_, standing = _apart(replace(whole, pins=pins), stands, small)
    if small and blocked(open_):
        small = ()
        open_, standing = _apart(whole, stands, small)
    reason = blocked(open_) if open_.schools else None
    if reason:
        return reason
    stands = standing
    kept: Pairs = relationships(stands.groups)
    x = encode(open_, kept)
    place = {school.id: at for at, school in enumerate(open_.schools)}
    now = [[place[school] for school in group if school in place] for group in stands.groups]
    seated = {school for group in now for school in group}
    loose = [at for at in range(x.size) if at not in seated]
    weights = engine_weights(open_.rules.weights)
    sign = signing(progress, 0.0)
    groups, waiting = repaired(x, weights, open_.rules.sizes, now, loose, seed=1, sign=sign)
    return Begun(whole, open_, stands, small, x, groups, waiting, Reasons(open_))


def _small(matching: Round, frozen: tuple[Ids, ...]) -> tuple[tuple[Ids, ...], Pins]:
    """Groups that have met and have become too small, and the pins with their schools held together.

    A group whose schools a rule or pin would now keep apart is left as it is.
    """
    by_id = {school.id: school for school in matching.schools}
    small, pins = [], matching.pins
    for group in frozen:
        bound = replace(pins, together=pins.together | relationships([group]))
        if len(group) < FEWEST and by_id.keys() >= set(group) and not refusal(matching.rules, bound, by_id):
            small.append(group)
            pins = bound
    return tuple(small), pins


def _apart(matching: Round, stands: Standing, small: tuple[Ids, ...]) -> tuple[Round, Standing]:
    """The round without the schools of frozen groups, and the groups with `small` ones among those that may change."""
    frozen = tuple(group for group in stands.frozen if group not in small)
    stays = {school for group in frozen for school in group}
    schools = tuple(school for school in matching.schools if school.id not in stays)
    return replace(matching, schools=schools), Standing((*small, *stands.groups), frozen)


def _schools(matching: Round, groups: tuple[Ids, ...]) -> tuple[tuple[School, ...], ...]:
    by_id = {school.id: school for school in matching.schools}
    return tuple(tuple(by_id[school] for school in group if school in by_id) for group in groups)
