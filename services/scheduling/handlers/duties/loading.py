"""Loads what duties are laid out from: who is who, the calendars of schools, and where people are already."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from services.scheduling.domain.agreed.records import EngineProgramme, HostSchool
from services.scheduling.domain.calendars.common_days import days_of, year_of_days
from services.scheduling.domain.calendars.in_force import Calendars, covers
from services.scheduling.domain.calendars.term_dates import calendar, school_year
from services.scheduling.domain.duties.lines import Around, Categorised
from services.scheduling.domain.duties.places import Places
from services.scheduling.domain.duties.records import TRUST
from services.scheduling.domain.duties.years import SchoolYear, TermYear
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS
from services.scheduling.planner.horizon import Horizon
from services.scheduling.ports.stores import Stores
from shared.roster import Membership, RoleDirectory
from shared.template.cadences import CADENCES
from shared.template.excuses import weeks_of
from shared.template.resolving import Needed

__all__ = ["around", "places_of", "school_years", "without_calendar"]


async def around(stores: Stores, programme: EngineProgramme, school_ids: Collection[str], today: dt.date) -> Around:
    """A programme with the people of these schools, and of none."""
    wanted = Needed(school_ids=frozenset(school_ids) - {TRUST})
    members: Sequence[Membership] = await stores.roster.members(programme.programme_id, wanted)
    people = {one.person_id for one in members}
    relations = await stores.roster.standing_among(programme.programme_id, people)
    known = RoleDirectory(members, relations, today, await stores.roster.parties(programme.programme_id))
    categories = {
        one.school_id: tuple(
            Categorised(since=each.since, category=each.category, decided_by=each.decided_by or "")
            for each in one.decisions
        )
        for one in await stores.roster.school_standings(programme.programme_id)
    }
    return Around(programme=programme, members=members, known=known, today=today, categories=categories)


async def school_years(
    stores: Stores, schools: Iterable[HostSchool], every: Iterable[HostSchool], year: int
) -> Mapping[str, SchoolYear]:
    """School -> its year; those whose authority has no term dates of it are left out.

    `every`: all schools of the programme. What belongs to no school takes place when all of them are open.
    """
    schools, codes = list(schools), {one.authority_code for one in every}
    calendars = await stores.calendars.in_force(codes)
    closures = await stores.days_off.closures([one.school_id for one in schools])
    inspections = await stores.days_off.inspections([one.school_id for one in schools])
    weeks = {school_id: days_of(weeks_of(one.windows)) for school_id, one in inspections.items()}
    horizon = year_of_days(year, calendars.bank_holidays)
    terms = {code: _terms(calendars, code, year, horizon) for code in sorted(codes)}
    found = {
        one.school_id: SchoolYear(
            own, {*closures.get(one.school_id, ()), *days_of(one.dates_not_possible)}, weeks.get(one.school_id, ())
        )
        for one in schools
        if (own := terms[one.authority_code])
    }
    known = [one for one in terms.values() if one]
    if known:
        common = frozenset.intersection(*(one.terms.days for one in known)) or known[0].terms.days
        found[TRUST] = SchoolYear(TermYear(calendar("", "", common), horizon))
    return found


async def without_calendar(
    stores: Stores, every: Iterable[HostSchool], year: int
) -> Mapping[str, tuple[HostSchool, ...]]:
    """Authority -> those of these schools where nothing can be laid out, as it has no term dates of that year."""
    schools = [one for one in every if not one.withdrawn]
    calendars = await stores.calendars.in_force({one.authority_code for one in schools})
    found: dict[str, tuple[HostSchool, ...]] = {}
    for one in schools:
        if not covers(calendars.of(one.authority_code), year):
            found[one.authority_code] = (*found.get(one.authority_code, ()), one)
    return found


def _terms(calendars: Calendars, code: str, year: int, horizon: Horizon) -> TermYear | None:
    terms = calendars.of(code)
    if not covers(terms, year):
        return None
    days = [day for day in terms.days if school_year(day) == year]
    return TermYear(calendar(terms.authority, terms.source, days, generated=terms.generated), horizon)


async def places_of(
    stores: Stores, people: Collection[str], year: int, *, without: Collection[str], horizon: Horizon, now: dt.datetime
) -> Places:
    """Where these people are: away on days that visits, events and the like take, at places by other duties.

    `without`: duties that are laid out anew.
    """
    away = defaultdict[str, int](int)
    for days in (
        await engaged(stores, people, OF_ALL_COHORTS, now, duties=False),
        await stores.days_off.ruled_out(people),
    ):
        for person, taken in days.items():
            away[person] |= horizon.mask(taken)
    found = Places(away)
    for one in await stores.duties.of_people(people, year):
        if one.duty_id not in without and one.cadence != CADENCES[0] and not one.ended:
            days_of_duty, afternoons = horizon.mask(one.days), horizon.mask(one.afternoons)
            found.take(one.holders[-1].person_ids, one.school_id, days_of_duty & ~afternoons, afternoons)
            if one.visits:
                found.visit(one.holders[-1].person_ids, one.school_id, days_of_duty)
    return found
