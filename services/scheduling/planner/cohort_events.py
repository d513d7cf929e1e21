"""Dates of cohort events: in each template window the day that suits most people, launch first, closing last."""

import datetime as dt
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.costs import weekday_points
from services.scheduling.planner.diaries import Diaries
from services.scheduling.planner.model import CohortEvent, EventRule

ORDER = {"launch": 0, "closing": 1, "between": 2}


def available(diaries: Diaries) -> NDArray[np.int64]:
    """How many people of the cohort could come, for each day of the horizon."""
    count = np.zeros(len(diaries.horizon.days), dtype=np.int64)
    schools = {school: diaries.open_days(school) for group in diaries.problem.groups for school in group.schools}
    seen: set[str] = set()
    for group in diaries.problem.groups:
        for school in group.schools:
            for person in group.pairs[school]:
                if person not in seen:
                    seen.add(person)
                    count += diaries.horizon.flags(diaries.person_days(person) & schools[school])
    for free in diaries.facilitators.values():
        count += diaries.horizon.flags(free)
    return count


def suiting(diaries: Diaries) -> dict[dt.date, int]:
    """The same by day."""
    return dict(zip(diaries.horizon.days, available(diaries).tolist(), strict=True))


def missing(diaries: Diaries, day: dt.date) -> tuple[str, ...]:
    """The people of the cohort who cannot come on a day."""
    bit = diaries.horizon.mask([day])
    found = {
        person
        for group in diaries.problem.groups
        for school in group.schools
        for person in group.pairs[school]
        if not diaries.person_days(person) & diaries.open_days(school) & bit
    }
    found |= {one for one, free in diaries.facilitators.items() if not free & bit}
    return tuple(sorted(found))


def choose_events(
    diaries: Diaries, fixed: Mapping[str, dt.date] | None = None, visits: Collection[dt.date] = ()
) -> tuple[CohortEvent, ...]:
    """A date for every event of the template: most people, then a preferred weekday, then the earliest.

    The launch lies before and the closing after everything else, none on a day on which the programme pauses; an event
    whose window holds no working day is left out. `fixed`: days that somebody chose, by event; `visits`: days of visits
    that stay where they are.
    """
    counts, chosen, rules = available(diaries), dict[str, CohortEvent](), diaries.problem.rules
    weekdays, set_already = weekday_points(diaries.horizon, rules), fixed or {}
    first, last = dt.date.min, dt.date.max
    for rule in sorted(rules.events, key=lambda each: (ORDER[each.order], each.first)):
        if rule.key in set_already:
            on = set_already[rule.key]
            chosen[rule.key] = CohortEvent(rule.key, on, missing(diaries, on))
            first, last = _limits(rule, on, first, last)
            continue
        taken = {*set_already.values(), *visits, *rules.paused, *(event.on for event in chosen.values())}
        low, high = _beside(rule, visits, first, last)
        days = [
            number
            for number, day in enumerate(diaries.horizon.days)
            if rule.first <= day <= rule.last and low < day < high and day not in taken
        ]
        if not days:
            continue
        best = min(days, key=lambda number: (-int(counts[number]), int(weekdays[number]), number))
        on = diaries.horizon.days[best]
        chosen[rule.key] = CohortEvent(rule.key, on, missing(diaries, on))
        first, last = _limits(rule, on, first, last)
    return tuple(sorted(chosen.values(), key=lambda event: event.on))


def _limits(rule: EventRule, on: dt.date, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days between which everything else must lie once this event has its date."""
    if rule.order == "launch":
        return max(first, on), last
    if rule.order == "closing":
        return first, min(last, on)
    return first, last


def _beside(rule: EventRule, visits: Collection[dt.date], first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days between which an event must lie: a launch before these visits, too, and a closing after them."""
    if visits and rule.order == "launch":
        return first, min(last, *visits)
    if visits and rule.order == "closing":
        return max(first, *visits), last
    return first, last


def visit_days(diaries: Diaries, events: tuple[CohortEvent, ...]) -> int:
    """The mask of days left for visits: after the launch, before the closing, on no event's day."""
    orders = {rule.key: rule.order for rule in diaries.problem.rules.events}
    mask = diaries.window
    for event in events:
        order = orders.get(event.key, "between")
        if order == "launch":
            mask &= diaries.horizon.between(event.on + dt.timedelta(days=1), dt.date.max)
        elif order == "closing":
            mask &= diaries.horizon.between(dt.date.min, event.on - dt.timedelta(days=1))
        mask &= ~diaries.horizon.mask([event.on])
    return mask
