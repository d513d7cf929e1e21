"""Loads the days on which people can come: what they have ruled out or are busy with, and when schools are closed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from services.scheduling.domain.calendars.common_days import days_of
from services.scheduling.domain.visits.records import EnrolmentRecord
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.planner.model import TermCalendar
from services.scheduling.ports.stores import Stores
from shared.errors import Rejected

__all__ = ["SchoolDays", "busy", "ruled_out", "ruled_out_by", "school_days"]

OF_ALL_COHORTS = ""


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """The term dates of schools, each calendar once, and the days on which any of them is closed all the same."""

    terms: tuple[TermCalendar, ...]
    closed: frozenset[dt.date]


async def school_days(stores: Stores, schools: Sequence[str]) -> SchoolDays:
    """When all these schools are open. Raises Rejected("unknown-school") for one that no programme has enrolled."""
    enrolments = await stores.enrolments.naming(schools=schools)
    missing = sorted(set(schools) - {one.school_id for one in enrolments})
    if missing:
        raise Rejected(
            "unknown-school",
            f"{_some(len(missing))} enrolled in no programme; dates are known only of schools that are.",
        )
    calendars = await stores.calendars.in_force()
    closures = await stores.days_off.closures(schools)
    closed = {day for days in closures.values() for day in days}
    for one in enrolments:
        closed |= days_of(one.days_off())
    codes = sorted({one.authority_code for one in enrolments})
    return SchoolDays(tuple(calendars.of(code) for code in codes), frozenset(closed))


async def ruled_out(stores: Stores, people: Iterable[str]) -> set[dt.date]:
    """The days on which one of these people has said not to be able."""
    wanted = set(people)
    found = await ruled_out_by(stores, wanted, await stores.enrolments.naming(people=wanted))
    return {day for days in found.values() for day in days}


async def ruled_out_by(
    stores: Stores, people: Collection[str], enrolments: Iterable[EnrolmentRecord]
) -> dict[str, set[dt.date]]:
    """Those days by person; `enrolments` are those with one of them."""
    found = defaultdict[str, set[dt.date]](set)
    for name, days in (await stores.days_off.ruled_out(people)).items():
        found[name].update(days)
    for enrolment in enrolments:
        for one in enrolment.people:
            if one.person_id in people:
                found[one.person_id] |= days_of(one.dates_not_possible)
    for facilitator in await stores.facilitators.appointments(people):
        found[facilitator.person_id] |= days_of(facilitator.dates_not_possible)
    return found


async def busy(stores: Stores, people: Iterable[str], now: dt.datetime) -> set[dt.date]:
    """The days that one of these people has given away whole: visits, events, days held for or settled by others."""
    found = await engaged(stores, set(people), OF_ALL_COHORTS, now)
    return {day for days in found.values() for day in days}


def _some(count: int) -> str:
    return "A school that was named is" if count == 1 else f"{count} of the schools that were named are"
