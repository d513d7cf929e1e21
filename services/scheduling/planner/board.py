"""The plan as it grows: groups are put on the board and taken off it; diaries stay as they are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.cohort_events import visit_days
from services.scheduling.planner.costs import Points, evenness_points, kilometres, weekday_points
from services.scheduling.planner.diaries import Diaries
from services.scheduling.planner.model import CohortEvent, Group, Visit
from services.scheduling.planner.sequence import NEVER, Question

Row = tuple[str, int]
"""A facilitator, and the mask of days on which they are free for a group."""
NOBODY = ""
"""Stands for the facilitator of a visit that needs none, or whose facilitator is chosen visit by visit."""


class Board:
    """Visits by group, and the days they take from facilitators and from people of more than one group."""

    def __init__(self, diaries: Diaries, events: tuple[CohortEvent, ...]) -> None:
        self.diaries, self.events = diaries, events
        self.problem = diaries.problem
        self.groups = {group.id: group for group in diaries.problem.groups}
        self.days = visit_days(diaries, events)
        self.frozen = 0
        self.visits: dict[str, tuple[Visit, ...]] = {}
        self.taken: dict[str, int] = defaultdict(int)
        self.load: dict[str, int] = defaultdict(int)
        self.groups_of: dict[str, set[str]] = defaultdict(set)
        self.elsewhere: dict[str, int] = defaultdict(int)
        self.missed: set[str] = set()
        self.barred: dict[str, int] = {}
        self._weekdays = weekday_points(diaries.horizon, self.problem.rules)
        self._places: dict[int, Points] = {}
        self._kilometres: dict[tuple[str, str], int] = {}

    def freeze(self, first: dt.date) -> None:
        """Give no new dates before `first`."""
        self.frozen = self.diaries.window & ~self.diaries.horizon.between(first, dt.date.max)
        self.days &= ~self.frozen

    def keep_apart(self, group: str, days: Iterable[dt.date]) -> None:
        """Give a group no new dates nearer to these days than the spacing; without days that ends."""
        horizon, spacing, barred = self.diaries.horizon, max(1, self.problem.rules.spacing), 0
        for day in days:
            at = horizon.place(day)
            low = max(0, at - spacing + 1)
            barred |= ((1 << (at + spacing - low)) - 1) << low
        self.barred[group] = barred

    def put(self, group: str, visits: Sequence[Visit]) -> None:
        """Enter a group's visits."""
        self.visits[group] = tuple(visits)
        for visit in visits:
            bit = self.diaries.horizon.mask([visit.on])
            for person in visit.attendees:
                if person in self.diaries.shared:
                    self.taken[person] |= bit
            if visit.facilitator is not None:
                self.taken[visit.facilitator] |= bit
                self.load[visit.facilitator] += 1
                self.groups_of[visit.facilitator].add(group)

    def engage(self, facilitator: str, days: Sequence[dt.date]) -> None:
        """Enter a facilitator's visits to groups that are not loaded: their days, and how many they are."""
        mask = self.diaries.horizon.mask(days)
        self.taken[facilitator] |= mask
        self.elsewhere[facilitator] |= mask
        self.load[facilitator] += len(days)

    def groups_led(self, facilitator: str, days: int) -> set[str]:
        """The groups that a facilitator leads. `missed` notes one with visits to unloaded groups then."""
        if self.elsewhere[facilitator] & days:
            self.missed.add(facilitator)
        return self.groups_of[facilitator]

    def put_all(self, visits: Iterable[Visit]) -> None:
        """Enter the visits of many groups."""
        groups: dict[str, list[Visit]] = defaultdict(list)
        for visit in visits:
            groups[visit.group].append(visit)
        for group, theirs in groups.items():
            self.put(group, theirs)

    def take_off(self, group: str) -> tuple[Visit, ...]:
        """Remove a group's visits and return them."""
        visits = self.visits.pop(group, ())
        for visit in visits:
            bit = self.diaries.horizon.mask([visit.on])
            for person in visit.attendees:
                if person in self.diaries.shared:
                    self.taken[person] &= ~bit
            if visit.facilitator is not None:
                self.taken[visit.facilitator] &= ~bit
                self.load[visit.facilitator] -= 1
                self.groups_of[visit.facilitator].discard(group)
        return visits

    def free(self, facilitator: str) -> int:
        """Days on which a facilitator could still lead a visit."""
        return self.diaries.facilitators[facilitator] & ~self.taken[facilitator]

    def spare(self, facilitator: str) -> int:
        """How many more visit days a facilitator takes on."""
        return self.problem.facilitators[facilitator].capacity - self.load[facilitator]

    def host_days(self, group: Group, host: str) -> int:
        """Days left on which a school of the group could host everybody, facilitators aside."""
        mask = self.diaries.host_days(group, host) & self.days & ~self.barred.get(group.id, 0)
        if self.diaries.shared:
            for person in group.people:
                mask &= ~self.taken[person] if person in self.diaries.shared else -1
        return mask

    def stands(self, visit: Visit) -> bool:
        """Whether everybody whom a visit needs can keep its date. A visit at a school that has left always stands."""
        group = self.groups.get(visit.group)
        if group is None or visit.host not in group.schools:
            return True
        days = self.diaries.host_days(group, visit.host)
        leader = self.diaries.facilitators.get(visit.facilitator or "", days)
        return bool(days & leader & self.diaries.horizon.mask([visit.on]))

    def kilometres(self, facilitator: str, school: str) -> int:
        """The distance from a facilitator to a school; 0 for `NOBODY`."""
        if facilitator == NOBODY:
            return 0
        key = facilitator, school
        if key not in self._kilometres:
            self._kilometres[key] = kilometres(self.problem.facilitators[facilitator], self.problem.schools[school])
        return self._kilometres[key]

    def places(self, visits: int) -> Points:
        """Points of the n-th of so many visits on each day."""
        if visits not in self._places:
            self._places[visits] = evenness_points(self.diaries.horizon, self.problem.rules, visits)
        return self._places[visits]

    def question(self, group: Group, rows: Sequence[Row]) -> Question:
        """A group's visits as input of the dynamic programme, one row a facilitator."""
        free = np.array([self.diaries.horizon.flags(mask) for _, mask in rows])
        weights = self.problem.rules.weights
        points = []
        for host in group.hosts:
            ways = np.array([[self.kilometres(one, host) * weights.travel_km] for one, _ in rows], dtype=np.int32)
            points.append(self.host_points(group, host, free, ways))
        return self._asked(group, points)

    def question_by_host(self, group: Group, free: Mapping[str, int]) -> Question:
        """The same, where each host has its own mask of days on which some facilitator could lead."""
        nobody = np.zeros((1, 1), dtype=np.int32)
        rows = [(host, np.array([self.diaries.horizon.flags(free[host])])) for host in group.hosts]
        return self._asked(group, [self.host_points(group, host, row, nobody) for host, row in rows])

    def _asked(self, group: Group, points: Sequence[Points]) -> Question:
        rules, starts = self.problem.rules, [self.diaries.half_term_starts(host) for host in group.hosts]
        return Question(points, self.places(len(group.hosts)), starts, rules.spacing, rules.weights.same_half_term)

    def host_points(self, group: Group, host: str, free: NDArray[np.bool_], ways: Points) -> Points:
        """Points of a host's visit on each day; `free` has one row a facilitator."""
        possible = free & self.diaries.horizon.flags(self.host_days(group, host))
        return np.where(possible, self._weekdays + ways, NEVER).astype(np.int32)

    def all_visits(self, order: Iterable[Group]) -> tuple[Visit, ...]:
        """Every visit, group by group, each group's in order of date."""
        return tuple(
            visit for group in order for visit in sorted(self.visits.get(group.id, ()), key=lambda each: each.on)
        )
