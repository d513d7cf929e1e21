"""Lays out the duties of several schools at once, the frequent ones first, so that rarer ones fit in between."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from services.scheduling.domain.duties.laying import closed, laid_out
from services.scheduling.domain.duties.lines import Line
from services.scheduling.domain.duties.places import Places
from services.scheduling.domain.duties.records import Duty
from services.scheduling.domain.duties.years import SchoolYear
from shared.template.cadences import CADENCES

__all__ = ["changed"]


def changed(
    lines: Iterable[Line],
    before: Sequence[Duty],
    years: Mapping[str, SchoolYear],
    places: Places,
    today: dt.date,
) -> list[Duty]:
    """The duties that are new or no longer what they were. `before`: all that there were at these schools.

    `years`: school -> its calendar; `places`: where people are by what is not laid out here.
    """
    known, wanted = {one.duty_id: one for one in before}, sorted(lines, key=_order)
    standing, hosted = {line.duty_id for line in wanted}, {one.duty_id for one in wanted if one.activity.hosted}
    for one in before:
        if one.duty_id in standing and one.cadence != CADENCES[0]:
            horizon = years[one.school_id].horizon
            days = horizon.mask(day for day in one.days if day >= today)
            afternoons = days & horizon.mask(one.afternoons)
            places.take(one.people_on(today), one.school_id, days & ~afternoons, afternoons)
            if one.duty_id in hosted:
                places.visit(one.people_on(today), one.school_id, days)
    found = [
        laid_out(line, known.get(line.duty_id), years[line.school_id], places, today)
        for line in wanted
        if line.school_id in years
    ]
    found += [closed(one, years[one.school_id], today) for key, one in known.items() if key not in standing]
    return [one for one in found if one != known.get(one.duty_id)]


def _order(line: Line) -> tuple[int, str, str]:
    return CADENCES.index(line.rhythms[-1].cadence), line.school_id, line.duty_id
