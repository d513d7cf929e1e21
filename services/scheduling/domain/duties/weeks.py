"""Weeks that are over: who has duties to tick off in them, and whom something that came late has excused."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from services.scheduling.domain.duties.records import Duty, PersonWeek, monday
from services.scheduling.domain.duties.ticking import FRIDAY
from services.scheduling.domain.ids import duty_week_id
from shared.events.duties import DutyWeekEnded, DutyWeekExcused
from shared.template.pauses import Pause

OVER = dt.time(12)
NOTHING_TOLD: Mapping[str, PersonWeek] = MappingProxyType({})
_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


def next_end(now: dt.datetime, timezone: str) -> dt.datetime:
    """When the week ends in which it is now, or the next where that is over: Fridays at noon."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    ends = dt.datetime.combine(monday(local.date()) + FRIDAY, OVER, zone)
    return ends if ends > local else dt.datetime.combine(ends.date() + _WEEK, OVER, zone)


def school_week(week: dt.date) -> list[dt.date]:
    """Its days from Monday to Friday."""
    return [week + number * _DAY for number in range(5)]


def paused(day: dt.date, pauses: Iterable[Pause]) -> bool:
    """Whether the programme stood still that day."""
    return any(one.first < day and (one.last is None or day < one.last) for one in pauses)


def lately_over(now: dt.datetime, timezone: str) -> list[dt.date]:
    """The Mondays of the weeks that are over, and of which people may still say what they did."""
    latest = monday(next_end(now, timezone).date()) - _WEEK
    return [latest, latest - _WEEK]


def otherwise_now(before: Mapping[str, Duty], after: Iterable[Duty], week: dt.date) -> set[str]:
    """Whom it concerns that duties stand otherwise in that week than before: excused, or owed again."""
    return {
        person
        for one in after
        if not one.form and (old := before.get(one.duty_id))
        for day in old.within(week, week + 6 * _DAY)
        if (day in old.excused) != (day in one.excused)
        for person in one.people_on(day)
    }


def ended(
    programme_id: str,
    duties: Iterable[Duty],
    week: dt.date,
    pauses: Sequence[Pause],
    told: Mapping[str, PersonWeek] = NOTHING_TOLD,
) -> list[tuple[PersonWeek, DutyWeekEnded | DutyWeekExcused]]:
    """What is to be told of a week that is over, by person: who has something to tick off, and who no longer has.

    `told`: what was told of it before, by person. The same is not told twice, and what was ticked off stays.
    """
    due, why = defaultdict[str, list[str]](list), dict[str, str]()
    for one in duties:
        for day in () if one.form else one.within(week, week + 6 * _DAY):
            reason = one.excused.get(day) or ("postponed" if paused(day, pauses) else "")
            for person in one.people_on(day):
                if reason:
                    why[person] = reason
                else:
                    due[person].append(one.school_id)
    found: list[tuple[PersonWeek, DutyWeekEnded | DutyWeekExcused]] = []
    for person in sorted(due.keys() | told.keys()):
        known = told.get(person)
        if known is None or (known.excused and person in due):
            record = _owed(programme_id, person, week, set(due[person]), known)
            found.append((record, DutyWeekEnded(**_facts(record), due=len(due[person]))))
        elif not (known.ticked or known.excused or person in due):
            excused = {"excused": why.get(person, "left"), "version": known.version + 1}
            record = known.model_copy(update=excused)
            found.append((record, DutyWeekExcused(**_facts(record), reason=record.excused)))
    return found


def _owed(programme_id: str, person: str, week: dt.date, schools: set[str], known: PersonWeek | None) -> PersonWeek:
    return PersonWeek(
        week_id=duty_week_id(programme_id, person, week.isoformat()),
        programme_id=programme_id,
        person_id=person,
        school_id=(next(iter(schools)) if len(schools) == 1 else "") or None,
        monday=week,
        last=week + FRIDAY,
        version=known.version + 1 if known else 1,
    )


def _facts(record: PersonWeek) -> dict[str, Any]:
    return record.model_dump(exclude={"ticked", "excused"})
