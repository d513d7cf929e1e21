"""What takes the days on which a duty found none: another school by another duty, a date, or that somebody cannot."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.duties.records import Duty
from shared.template.cadences import CADENCES

__all__ = ["CANNOT", "PROMISED", "Takes", "by_duties", "by_others", "on_days"]

CANNOT = "cannot come"
"""What is said of days that somebody has ruled out."""
PROMISED = "has promised it, or keeps it free, to agree on a day"
"""What is said of days that people have agreed with others or hold for them."""


@dataclass(frozen=True, slots=True)
class Takes:
    """What takes a day from somebody: an activity of a programme at a school or none, or what `title` says."""

    person_id: str
    on: dt.date
    programme_id: str = ""
    activity: str = ""
    school_id: str = ""
    title: str = ""


def by_duties(duties: Iterable[Duty], people: Collection[str], besides: str) -> Iterator[Takes]:
    """Places that other duties take people to; a daily one takes nobody anywhere."""
    for one in duties:
        if one.duty_id == besides or one.ended or one.cadence == CADENCES[0]:
            continue
        for person in one.holders[-1].person_ids:
            if person in people:
                yield from (Takes(person, day, one.programme_id, one.activity, one.school_id) for day in one.days)


def by_others(days: Mapping[str, Iterable[dt.date]], title: str) -> Iterator[Takes]:
    """Days of which no more is known than why they are taken."""
    for person, taken in days.items():
        yield from (Takes(person, day, title=title) for day in taken)


def on_days(
    found: Iterable[Takes], days: Collection[dt.date], people: Sequence[str], here: str
) -> list[tuple[Takes, int]]:
    """What takes these days, each with how many of them, by person and the most days first.

    `here`: the school of the duty; what takes somebody there, too, is in nobody's way.
    """
    taken: dict[Takes, set[dt.date]] = {}
    for one in found:
        if one.on in days and not (one.activity and not one.title and one.school_id == here):
            same = Takes(one.person_id, dt.date.min, one.programme_id, one.activity, one.school_id, one.title)
            taken.setdefault(same, set()).add(one.on)
    order = {person: number for number, person in enumerate(people)}
    counted = [(one, len(each)) for one, each in taken.items() if one.person_id in order]
    return sorted(counted, key=lambda each: (order[each[0].person_id], -each[1], each[0].activity, each[0].school_id))
