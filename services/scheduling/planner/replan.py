"""Repairs a date that has become impossible by the least change, in tiers.

    1 visit        that visit alone moves
    2 group        other visits of the group move too, as few as can be
    3 facilitator  another group of the facilitator makes room
    4 another      another facilitator leads it, the same day where everybody can
    5 coordinator  the rules allow nothing; a person decides

Visits in the past or in the next `notice` working days never move. The board changes only by the repair that is
returned.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

import numpy as np

from services.scheduling.planner.board import NOBODY, Board
from services.scheduling.planner.costs import nearness_points
from services.scheduling.planner.diaries import serves
from services.scheduling.planner.horizon import first_movable_day, frozen_until
from services.scheduling.planner.model import Group, Visit
from services.scheduling.planner.sequence import NEVER, Question, solve


class Tier(StrEnum):
    """How far a repair reaches."""

    VISIT = "visit"
    GROUP = "group"
    FACILITATOR = "facilitator"
    ANOTHER = "another-facilitator"
    COORDINATOR = "coordinator"


class Step(StrEnum):
    """The steps in order. Each touches more of other groups' and facilitators' diaries than the one before."""

    SAME_DAY = "same-day"
    VISIT = "visit"
    GROUP = "group"
    FACILITATOR = "facilitator"
    ANOTHER = "another-facilitator"


@dataclass(frozen=True, slots=True)
class Change:
    """A visit before and after."""

    before: Visit
    after: Visit


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair changes; nothing with `Tier.COORDINATOR`."""

    tier: Tier
    changes: tuple[Change, ...] = ()


class Replanner:
    """Repairs one visit at a time, on a board whose diaries already rule its date out."""

    def __init__(self, board: Board, today: dt.date) -> None:
        self.board = board
        rules = board.problem.rules
        self.frozen = frozen_until(today, rules.notice, board.problem.bank_holidays)
        first = first_movable_day(today, rules.notice, board.problem.bank_holidays)
        self.later = board.diaries.horizon.between(first, dt.date.max)
        self.groups = {group.id: group for group in board.problem.groups}

    def repair(self, visit: Visit) -> Repair:
        """Find and enter the least change that gives `visit` another date (or leader)."""
        for step in self.steps(visit):
            repair = self.attempt(step, visit)
            if repair is not None:
                return repair
        return Repair(Tier.COORDINATOR)

    def steps(self, visit: Visit) -> tuple[Step, ...]:
        """What to try for a visit, in order; nothing for one that must stay."""
        if not self.movable(visit):
            return ()
        _, *steps = Step
        only_the_leader = self.board.diaries.horizon.mask([visit.on]) & self._allowed(visit)
        return tuple(Step) if only_the_leader else tuple(steps)

    def attempt(self, step: Step, visit: Visit) -> Repair | None:
        """Find and enter the change of one step, or leave the board as it was."""
        attempts = {
            Step.SAME_DAY: self._same_day,
            Step.VISIT: self._one,
            Step.GROUP: self._group,
            Step.FACILITATOR: self._facilitator,
            Step.ANOTHER: self._another,
        }
        return attempts[step](visit)

    def suggestion(self, visit: Visit) -> dt.date | None:
        """The nearest day that would suit a visit that is not moved without a person's decision."""
        days, horizon = self._allowed(visit), self.board.diaries.horizon
        if visit.facilitator is not None:
            leaders = (self.board.free(one) for one in self._serving(visit) if self.board.spare(one) > 0)
            days &= reduce(int.__or__, leaders, self.board.free(visit.facilitator))
        return min(horizon.dates(days), key=lambda each: (abs(each - visit.on), each), default=None)

    def movable(self, visit: Visit) -> bool:
        """Whether a visit may be given another date at all."""
        return visit.on > self.frozen and not visit.pinned

    def _one(self, visit: Visit) -> Repair | None:
        return self._solved(visit, {visit.id}, Tier.VISIT)

    def _group(self, visit: Visit) -> Repair | None:
        loose = {each.id for each in self.board.visits[visit.group] if self.movable(each)}
        return self._solved(visit, loose, Tier.GROUP) if len(loose) > 1 else None

    def _solved(self, visit: Visit, loose: set[str], tier: Tier) -> Repair | None:
        visits = self.board.take_off(visit.group)
        after = self.dated_again(visits, loose, visit.id)
        self.board.put(visit.group, after or visits)
        return Repair(tier, _changes(visits, after)) if after else None

    def dated_again(self, visits: Sequence[Visit], loose: set[str], repaired: str) -> tuple[Visit, ...] | None:
        """The visits of a group that is off the board: the loose ones dated again, the others unchanged."""
        answer = solve(self._question(self.groups[visits[0].group], visits, loose, repaired))
        if answer is None:
            return None
        days = self.board.diaries.horizon.days
        return tuple(
            replace(each, on=days[number]) if each.id in loose else each
            for each, number in zip(visits, answer.days, strict=True)
        )

    def _question(self, group: Group, visits: Sequence[Visit], loose: set[str], repaired: str) -> Question:
        horizon, rules = self.board.diaries.horizon, self.board.problem.rules
        points = []
        for visit in visits:
            leader = visit.facilitator or NOBODY
            row = np.full((1, len(horizon.days)), NEVER, dtype=np.int32)
            if visit.id in loose:
                free = self.later & (self.board.free(leader) if leader else -1) & horizon.everything
                ways = np.zeros((1, 1), dtype=np.int32)
                row = self.board.host_points(group, visit.host, np.array([horizon.flags(free)]), ways)
                row = np.minimum(row + nearness_points(horizon, rules, visit.on), NEVER).astype(np.int32)
                if visit.id != repaired:
                    row = np.minimum(row + rules.weights.moved_visit, NEVER).astype(np.int32)
            if visit.id != repaired and (visit.id not in loose or visit.on in horizon.index):
                row[0, horizon.place(visit.on)] = 0
            points.append(row)
        starts = [self.board.diaries.half_term_starts(visit.host) for visit in visits]
        places = np.zeros((len(visits), len(horizon.days)), dtype=np.int32)
        return Question(points, places, starts, rules.spacing, rules.weights.same_half_term)

    def _facilitator(self, visit: Visit) -> Repair | None:
        """Another group's visit makes room: the nearest days first."""
        if visit.facilitator is None:
            return None
        for rival in self._rivals(visit):
            mine, theirs = self.board.take_off(visit.group), self.board.take_off(rival.group)
            moved = _moved(visit, mine, rival.on)
            self.board.put(visit.group, moved)
            after = self.dated_again(theirs, {rival.id}, rival.id)
            if after is not None:
                self.board.put(rival.group, after)
                return Repair(Tier.FACILITATOR, _changes(mine, moved) + _changes(theirs, after))
            self.board.take_off(visit.group)
            self.board.put(visit.group, mine)
            self.board.put(rival.group, theirs)
        return None

    def _rivals(self, visit: Visit) -> list[Visit]:
        """Visits of the same facilitator on days that would suit this one."""
        horizon, leader = self.board.diaries.horizon, visit.facilitator or NOBODY
        allowed = self._allowed(visit) & self.board.diaries.facilitators[leader]
        others = (
            each
            for group in sorted(self.board.groups_led(leader, allowed) - {visit.group})
            for each in self.board.visits[group]
            if each.facilitator == leader and self.movable(each)
        )
        fitting = [each for each in others if horizon.mask([each.on]) & allowed]
        return sorted(fitting, key=lambda each: (abs(each.on - visit.on), each.on))

    def _allowed(self, visit: Visit) -> int:
        """Days on which the group and the host could have this visit beside its others, facilitators aside."""
        group, horizon = self.groups[visit.group], self.board.diaries.horizon
        mine = self.board.take_off(visit.group)
        days = self.board.host_days(group, visit.host) & self.later
        self.board.put(visit.group, mine)
        spacing = max(1, self.board.problem.rules.spacing)
        for other in mine:
            if other.id != visit.id:
                at = horizon.place(other.on)
                low = max(0, at - spacing + 1)
                days &= ~(((1 << (at + spacing - low)) - 1) << low)
        return days

    def _same_day(self, visit: Visit) -> Repair | None:
        """Only the facilitator cannot: somebody else leads, and nobody's date changes."""
        return self._led_by_another(visit, [visit.on])

    def _another(self, visit: Visit) -> Repair | None:
        """Another facilitator on the nearest day on which one is free."""
        days = self.board.diaries.horizon.dates(self._allowed(visit))
        return self._led_by_another(visit, sorted(days, key=lambda each: (abs(each - visit.on), each)))

    def _led_by_another(self, visit: Visit, days: Sequence[dt.date]) -> Repair | None:
        others = [one for one in self._serving(visit) if one != visit.facilitator and self.board.spare(one) > 0]
        for day in days:
            bit = self.board.diaries.horizon.mask([day])
            free = [one for one in others if self.board.free(one) & bit]
            if free:
                nearest = min(free, key=lambda one: (self.board.kilometres(one, visit.host), one))
                kept = self.board.take_off(visit.group)
                moved = _moved(visit, kept, day, nearest)
                self.board.put(visit.group, moved)
                return Repair(Tier.ANOTHER, _changes(kept, moved))
        return None

    def _serving(self, visit: Visit) -> list[str]:
        region = self.board.problem.schools[visit.host].region
        return [one.id for one in self.board.problem.facilitators.values() if serves(one, [region])]


def fill(board: Board, today: dt.date, name_visit: Callable[[str, str], str]) -> list[Visit]:
    """Date a visit at each school that joined a group with standing visits; enter and return those that fit."""
    replanner, found = Replanner(board, today), list[Visit]()
    for group in board.problem.groups:
        for host in group.hosts:
            standing = board.visits.get(group.id, ())
            if not standing or host in {visit.host for visit in standing}:
                continue
            leader, first = standing[-1].facilitator, board.problem.rules.first
            new = Visit(name_visit(group.id, host), group.id, host, first, leader, group.people)
            board.take_off(group.id)
            after = replanner.dated_again((*standing, new), {new.id}, new.id)
            board.put(group.id, after or standing)
            found += [after[-1]] if after else []
    return found


def _moved(visit: Visit, visits: Sequence[Visit], on: dt.date, facilitator: str | None = None) -> tuple[Visit, ...]:
    leader = facilitator or visit.facilitator
    return tuple(replace(each, on=on, facilitator=leader) if each.id == visit.id else each for each in visits)


def _changes(before: Sequence[Visit], after: Sequence[Visit]) -> tuple[Change, ...]:
    return tuple(Change(old, new) for old, new in zip(before, after, strict=True) if old != new)
