"""Everybody's free days as bit masks, computed once from a problem. Nothing here changes while a plan grows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import Facilitator, Group, Problem, TermCalendar


def horizon_of(problem: Problem) -> Horizon:
    """The working days from the first to the last window of the programme."""
    rules = problem.rules
    first = min([rules.first, *(event.first for event in rules.events)])
    last = max([rules.last, *(event.last for event in rules.events)])
    return Horizon.over(first, last, problem.bank_holidays)


def serves(facilitator: Facilitator, regions: Iterable[str]) -> bool:
    """Whether a facilitator travels in all these regions; a school without a region is everywhere."""
    return not facilitator.regions or all(not region or region in facilitator.regions for region in regions)


class Diaries:
    """Masks of schools, people and facilitators over one horizon."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.horizon = horizon_of(problem)
        self.window = self.horizon.between(problem.rules.first, problem.rules.last)
        self.paused = self.horizon.mask(problem.rules.paused)
        self._terms = {name: self.horizon.mask(terms.days) for name, terms in problem.calendars.items()}
        self._exams = {phase: self.horizon.mask(days) for phase, days in problem.exams.items()}
        self._starts = {name: self._half_term_starts(terms) for name, terms in problem.calendars.items()}
        self._open: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self.facilitators = {
            one.id: self.horizon.everything & ~self.horizon.mask(one.impossible)
            for one in problem.facilitators.values()
        }
        self._groups_of: dict[str, list[str]] = defaultdict(list)
        for group in problem.groups:
            for member in (*group.people, *group.schools):
                self._groups_of[member].append(group.id)
        self.shared = frozenset(
            member for member, groups in self._groups_of.items() if len(groups) > 1 or member in problem.facilitators
        )

    def open_days(self, school: str) -> int:
        """Days on which a school works: term days without INSET and closures."""
        if school not in self._open:
            facts = self.problem.schools[school]
            self._open[school] = self._terms[facts.authority] & ~self.horizon.mask(facts.closed)
        return self._open[school]

    def exam_days(self, school: str) -> int:
        """Days on which tests or examinations keep a school from hosting."""
        return self._exams.get(self.problem.schools[school].phase, 0)

    def person_days(self, person: str) -> int:
        """Days that a person has not ruled out."""
        if person not in self._people:
            ruled_out = self.horizon.mask(self.problem.people[person].impossible)
            self._people[person] = self.horizon.everything & ~ruled_out
        return self._people[person]

    def group_days(self, group: Group) -> int:
        """Days on which everybody of a group can come and all its schools work, exam windows aside."""
        if group.id not in self._groups:
            schools = (self.open_days(school) for school in group.schools)
            people = (self.person_days(person) for person in group.people)
            self._groups[group.id] = reduce(int.__and__, (*schools, *people), self.window & ~self.paused)
        return self._groups[group.id]

    def host_days(self, group: Group, host: str) -> int:
        """Days on which a school of the group could host everybody, facilitators aside."""
        return self.group_days(group) & ~self.exam_days(host)

    def rule_out(self, person: str, days: Iterable[dt.date]) -> None:
        """Enter further days on which a person or facilitator cannot come."""
        mask = self.horizon.mask(days)
        if person in self.facilitators:
            self.facilitators[person] &= ~mask
        if person in self.problem.people:
            self._people[person] = self.person_days(person) & ~mask
            for group in self._groups_of.get(person, ()):
                self._groups.pop(group, None)

    def close(self, school: str, days: Iterable[dt.date]) -> None:
        """Enter further days on which a school is closed."""
        self._open[school] = self.open_days(school) & ~self.horizon.mask(days)
        for group in self._groups_of.get(school, ()):
            self._groups.pop(group, None)

    def half_term_starts(self, school: str) -> NDArray[np.intp]:
        """For each day the number of the first day of the school's half-term."""
        return self._starts[self.problem.schools[school].authority]

    def _half_term_starts(self, terms: TermCalendar) -> NDArray[np.intp]:
        starts, firsts, current = (
            np.zeros(len(self.horizon.days), dtype=np.intp),
            {half.first for half in terms.half_terms},
            0,
        )
        pending = sorted(firsts)
        for number, day in enumerate(self.horizon.days):
            while pending and pending[0] <= day:
                pending.pop(0)
                current = number
            starts[number] = current
        return starts
