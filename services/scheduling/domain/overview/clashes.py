"""Where dates to come get in each other's way, or lie on a day on which a school is closed: each with its proof."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.scheduling.domain.overview.dated import Dated
from services.scheduling.domain.overview.school_days import SchoolDays
from shared.commands.programme_dates import ClashRule

__all__ = ["Clashing", "clashes"]

EXAMINED = frozenset({"visit", "session"})
"""Kinds of dates that examinations keep a school from: a visit at its host, a day of a course."""


@dataclass(frozen=True, slots=True)
class Clashing:
    """Why a date clashes: a rule, and the schools or people whom it concerns. `other`: where these people are, too."""

    rule: ClashRule
    schools: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    other: Dated | None = None


def clashes(
    dates: Iterable[Dated], elsewhere: Iterable[Dated], days: SchoolDays, today: dt.date
) -> dict[str, tuple[Clashing, ...]]:
    """Key of a date to come -> why it clashes, closed schools before people who are to be in two places.

    `elsewhere`: published dates of other programmes.
    """
    coming = [one for one in dates if one.open(today)]
    twice = _twice(coming, elsewhere)
    found = {one.key: (*_closed(one, days), *twice.get(one.key, ())) for one in coming}
    return {key: each for key, each in found.items() if each}


def _closed(one: Dated, days: SchoolDays) -> list[Clashing]:
    by_rule = defaultdict[ClashRule, list[str]](list)
    for school_id in one.closing:
        if rule := days.why(school_id, one.on):
            by_rule[rule].append(school_id)
    examined = (one.host_school_id,) if one.kind == "visit" else one.schools
    if one.kind in EXAMINED:
        by_rule["examinations"] += [each for each in examined if days.examines(each, one.on)]
    return [Clashing(rule, schools=tuple(schools)) for rule, schools in by_rule.items() if schools]


def _twice(coming: Sequence[Dated], elsewhere: Iterable[Dated]) -> dict[str, list[Clashing]]:
    """Key of a date -> the other dates of its people at the same hours."""
    booked = defaultdict[tuple[str, dt.date], list[Dated]](list)
    for one in (*coming, *elsewhere):
        for person in one.people:
            booked[person, one.on].append(one)
    own = {one.key for one in coming}
    pairs = defaultdict[str, dict[str, tuple[Dated, list[str]]]](dict)
    for (person, _), each in booked.items():
        for one in each if len(each) > 1 else ():
            for other in each:
                if one.key in own and other.key != one.key and one.meets(other):
                    pairs[one.key].setdefault(other.key, (other, []))[1].append(person)
    return {
        key: [Clashing("double", people=tuple(sorted(people)), other=other) for other, people in others.values()]
        for key, others in pairs.items()
    }
