"""A match again, from groups as they are: how few relationships end, and what score that costs. Pure and seeded.

Between the two ends, the least repair of what there is and a search from scratch, lie searches in which a kept
relationship counts more or less; `curve` keeps those that are worth choosing. Frozen groups stay out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from services.matching.domain.keeping import Ids, Pairs, Point, ended, movers, relationships, worth_choosing
from services.matching.domain.pins import refusal
from services.matching.domain.schools import Pins, Round, School
from services.matching.domain.score import group_parts
from services.matching.domain.waiting import FEWEST
from services.matching.encode import encode, engine_weights
from services.matching.engine.bound import bound
from services.matching.engine.instance import Instance, Weights, subset
from services.matching.engine.repair import repair
from services.matching.engine.small import EXACT, SMALL
from services.matching.engine.solve import NORMAL, VERSION, Effort, Progress, Solution, solve
from services.matching.formation import SEARCH, Blocking, Formed, blocked, formed, ready, stretch
from services.matching.mending import Groups, annealed, measures, mended

__all__ = ["KEEPING", "KEEPINGS", "Option", "Standing", "curve", "rematch", "repaired"]

KEEPING = 0.04
"""What one kept relationship counts in a re-match unless the coordinator says: about a twelfth of a school's score."""
KEEPINGS = (0.16, 0.08, 0.04, 0.02, 0.01)
"""Those of the curve, beside the least repair and a match from scratch."""
SHARE = 4
"""A search from groups as they are gets one part in so many of the effort of one from scratch, and no refining."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The groups as they are, as ids: those that may change, and those that have met and stay as they are.

    One that has met and has become too small may take others in; who has met stays together.
    """

    groups: tuple[Ids, ...]
    frozen: tuple[Ids, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A point of the curve and the groups behind it."""

    point: Point
    formed: Formed


def rematch(
    matching: Round,
    stands: Standing,
    seed: int,
    effort: Effort = NORMAL,
    *,
    keeping: float = KEEPING,
    progress: Progress | None = None,
) -> Formed:
    """Match again, a kept relationship counting `keeping`. Nothing to begin from: all groups are new."""
    begun = _begin(matching, stands)
    if isinstance(begun, Blocking):
        return _nothing(matching, stands, seed, begun)
    found = begun.searched(keeping, seed, effort, stretch(progress, 0.0, SEARCH))
    return begun.bounded(found, effort, stretch(progress, SEARCH, 1.0))


def repaired(matching: Round, stands: Standing, seed: int) -> Formed:
    """Change no more than the rules and the schools that came and went demand."""
    begun = _begin(matching, stands)
    return _nothing(matching, stands, seed, begun) if isinstance(begun, Blocking) else begun.repaired(seed)


def curve(
    matching: Round, stands: Standing, seed: int, effort: Effort = NORMAL, *, progress: Progress | None = None
) -> list[Option]:
    """The re-matches worth choosing from, the one that changes least first."""
    begun = _begin(matching, stands)
    if isinstance(begun, Blocking):
        return [Option(Point(None, 0, 0, 0, 0.0), _nothing(matching, stands, seed, begun))]
    levels = (*KEEPINGS, 0.0)
    found = [begun.option(None, begun.repaired(seed))]
    for at, keeping in enumerate(levels):
        part = None if progress is None else _part(progress, at, len(levels))
        found.append(begun.option(keeping, begun.searched(keeping, seed, effort, part)))
    return [found[at] for at in worth_choosing([option.point for option in found])]


def _part(progress: Progress, at: int, of: int) -> Progress:
    return lambda share: progress((at + share) / of)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A round as the engine sees it, with the groups to begin from mended; schools of frozen groups are not in it.

    `small`: groups that have met and may take others in; they are among those that `stands` lets change.
    """

    whole: Round
    matching: Round
    stands: Standing
    small: tuple[Ids, ...]
    instance: Instance
    groups: Groups
    waiting: list[int]

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.matching.rules.sizes

    def weights(self, keeping: float) -> Weights:
        return engine_weights(self.matching.rules.weights, keeping)

    def repaired(self, seed: int) -> Formed:
        return self._formed(self.groups, self.waiting, seed, "repair", 0.0)

    def searched(self, keeping: float, seed: int, effort: Effort, progress: Progress | None) -> Formed:
        """Search with the weight; from scratch where it is 0 or nothing is there to begin from, or few schools are."""
        x, weights = self.instance, self.weights(keeping)
        if keeping == 0 or x.size <= EXACT or not self.groups:
            found = solve(x, weights, self.sizes, seed, effort, progress)
            groups = [list(group) for group in found.groups]
            return self._formed(groups, found.waiting, seed, found.engine, found.seconds)
        if x.size <= SMALL:
            return self._formed(annealed(x, weights, self.groups, seed), self.waiting, seed, "anneal, plain, warm", 0.0)
        placed = sorted(school for group in self.groups for school in group)
        place = {school: at for at, school in enumerate(placed)}
        start = [[place[school] for school in group] for group in self.groups]
        part = replace(effort, steps=effort.steps // SHARE, base=effort.base // SHARE, refined=0)
        local = subset(x, np.array(placed, np.int32))
        found = solve(local, weights, self.sizes, seed, part, progress, start)
        groups = [[placed[at] for at in group] for group in found.groups]
        left = [*self.waiting, *(placed[at] for at in found.waiting)]
        waiting = repair(groups, left, *measures(x, weights), self.sizes)
        return self._formed(groups, waiting, seed, f"{found.engine}, warm", found.seconds)

    def bounded(self, found: Formed, effort: Effort, progress: Progress | None) -> Formed:
        """With what the score could be at most, and prices of the schools that may change; the others stay anyway."""
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
        return formed(self.matching, solution, also=_schools(self.whole, (*self.stands.frozen, *alone)))


def _begin(matching: Round, stands: Standing) -> _Begun | Blocking:
    """What every way to re-match has in common."""
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
    groups, waiting = mended(x, weights, open_.rules.sizes, now, loose, seed=1)
    return _Begun(whole, open_, stands, small, x, groups, waiting)


def _small(matching: Round, frozen: tuple[Ids, ...]) -> tuple[tuple[Ids, ...], Pins]:
    """Groups that have met and are too small by themselves, and the pins with these groups' schools held together.

    One whose schools a rule or pin would now keep apart is left as it is.
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
    """The round without the schools that stay where they are, and the groups with `small` ones among those open."""
    frozen = tuple(group for group in stands.frozen if group not in small)
    stays = {school for group in frozen for school in group}
    schools = tuple(school for school in matching.schools if school.id not in stays)
    return replace(matching, schools=schools), Standing((*small, *stands.groups), frozen)


def _schools(matching: Round, groups: tuple[Ids, ...]) -> tuple[tuple[School, ...], ...]:
    by_id = {school.id: school for school in matching.schools}
    return tuple(tuple(by_id[school] for school in group if school in by_id) for group in groups)


def _nothing(matching: Round, stands: Standing, seed: int, reason: Blocking) -> Formed:
    return formed(ready(matching), Solution((), (), 0.0, seed, "none", 0.0), (reason,))
