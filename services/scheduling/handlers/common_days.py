"""Loads on which days people can: what they have ruled out, what they are busy with, when schools are closed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.scheduling.domain.assemble import days_of
from services.scheduling.domain.model import TermCalendar
from services.scheduling.handlers.sources import engaged
from services.scheduling.ports import Stores
from shared.errors import Rejected

__all__ = ["SchoolDays", "busy", "ruled_out", "school_days"]

OF_ALL_COHORTS = ""


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """The term dates of schools, each calendar once, and the days on which any of them is closed all the same."""

    terms: tuple[TermCalendar, ...]
    closed: frozenset[dt.date]


async def school_days(stores: Stores, schools: Sequence[str]) -> SchoolDays:
    """When all these schools are open. Raises Rejected("unknown-school") for one that no programme has enrolled."""
    enrolments = await stores.facts.enrolments_naming(schools=schools)
    missing = sorted(set(schools) - {one.school_id for one in enrolments})
    if missing:
        raise Rejected("unknown-school", f"The school '{missing[0][:60]}' is enrolled in no programme.")
    calendars = await stores.calendars.in_force()
    closures = await stores.calendars.closures(schools)
    closed = {day for days in closures.values() for day in days}
    for one in enrolments:
        closed |= days_of(one.dates_not_possible)
    codes = sorted({one.authority_code for one in enrolments})
    return SchoolDays(tuple(calendars.of(code) for code in codes), frozenset(closed))


async def ruled_out(stores: Stores, people: Iterable[str]) -> set[dt.date]:
    """The days on which one of these people has said not to be able."""
    wanted = set(people)
    noted = await stores.calendars.ruled_out(wanted)
    found = {day for days in noted.values() for day in days}
    for enrolment in await stores.facts.enrolments_naming(people=wanted):
        for one in enrolment.people:
            found |= days_of(one.dates_not_possible) if one.person_id in wanted else set()
    for facilitator in await stores.facts.appointments(wanted):
        found |= days_of(facilitator.dates_not_possible)
    return found


async def busy(stores: Stores, people: Iterable[str], now: dt.datetime) -> set[dt.date]:
    """The days that one of these people has given away whole: visits, events, days held for or settled by others."""
    found = await engaged(stores, set(people), OF_ALL_COHORTS, now)
    return {day for days in found.values() for day in days}
