"""Weeks that are over: who had duties to tick off in them, and which days nobody owes because of a pause."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from services.scheduling.domain.duties.records import Duty, PersonWeek, monday
from services.scheduling.domain.duties.ticking import FRIDAY
from services.scheduling.domain.ids import duty_week_id
from shared.events.duties import DutyWeekEnded
from shared.template.pauses import Pause

OVER = dt.time(12)
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


def ended(
    programme_id: str, duties: Iterable[Duty], week: dt.date, pauses: Sequence[Pause]
) -> list[tuple[PersonWeek, DutyWeekEnded]]:
    """The week of each person who had something to tick off in it, by person."""
    due = defaultdict[str, int](int)
    schools = defaultdict[str, set[str]](set)
    for one in duties:
        for day in () if one.form else one.within(week, week + 6 * _DAY):
            if day in one.excused or paused(day, pauses):
                continue
            for person in one.people_on(day):
                due[person] += 1
                schools[person].add(one.school_id)
    found = []
    for person, count in sorted(due.items()):
        school = next(iter(schools[person])) if len(schools[person]) == 1 else ""
        record = PersonWeek(
            week_id=duty_week_id(programme_id, person, week.isoformat()),
            programme_id=programme_id,
            person_id=person,
            school_id=school or None,
            monday=week,
            last=week + FRIDAY,
        )
        found.append((record, DutyWeekEnded(**record.model_dump(exclude={"ticked"}), due=count)))
    return found
