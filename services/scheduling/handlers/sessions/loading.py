"""Loads a course with its days, its people, and what is known of the days on which they can come."""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.ids import course_id, session_id
from services.scheduling.domain.overview.school_days import SchoolDays
from services.scheduling.domain.sessions.dating import Diary
from services.scheduling.domain.sessions.places import Seat
from services.scheduling.domain.sessions.records import Course, Running, Sitting
from services.scheduling.handlers.duties.loading import around
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS, ruled_out_by
from services.scheduling.planner.horizon import Horizon
from services.scheduling.ports.stores import Stores
from shared.errors import Rejected
from shared.roster import RoleDirectory
from shared.template import Activity
from shared.template.kinds import AT_SCHOOL, SESSION, TRAINING
from shared.template.references import parse_reference
from shared.template.resolving import Situation, people_for

__all__ = ["called", "course_of", "diary", "owner_of", "owners", "programme_of", "running", "running_of", "seats"]

NONE: tuple[str | None, ...] = (None,)
"""The school of people who come for the programme, or for a trust or partnership."""


async def programme_of(stores: Stores, programme_id: str) -> EngineProgramme:
    """A programme. Raises Rejected("unknown-programme")."""
    found = await stores.engine.programme(programme_id)
    if found is None:
        raise Rejected("unknown-programme", "There is no such programme with courses.")
    return found


def course_of(programme: EngineProgramme, activity: str) -> Activity:
    """A course that the template declares. Raises Rejected("unknown-course")."""
    found = programme.template.activity(activity)
    if found is None or found.kind != SESSION:
        known = ", ".join(one.key for one in programme.template.activities if one.kind == SESSION) or "none"
        raise Rejected("unknown-course", f"There is no course '{activity[:60]}'. The template declares: {known}.")
    return found


async def owners(stores: Stores, programme: EngineProgramme, activity: Activity, today: dt.date) -> list[str]:
    """Who has this course for themselves: each school, where it is held at schools; schools that train together.

    One without a name is everybody else's; there is none where all schools train with others.
    """
    every = await stores.engine.all_schools(programme.programme_id)
    standing = [one.school_id for one in sorted(every, key=lambda one: one.name) if not one.withdrawn]
    if activity.at == AT_SCHOOL:
        return standing
    apart = await _training(stores, programme, today)
    taken = {school for schools in apart.values() for school in schools}
    alone = [""] if not apart or not taken.issuperset(standing) else []
    return [*alone, *apart]


async def owner_of(
    stores: Stores, programme: EngineProgramme, activity: Activity, school_id: str, today: dt.date
) -> str:
    """Whose course a school comes to. Raises Rejected("unknown-course")."""
    every = await stores.engine.all_schools(programme.programme_id)
    if school_id not in {one.school_id for one in every if not one.withdrawn}:
        raise Rejected("unknown-course", f"“{activity.title}” is no course of this school.")
    if activity.at == AT_SCHOOL:
        return school_id
    apart = await _training(stores, programme, today)
    return next((party for party, schools in apart.items() if school_id in schools), "")


async def _training(stores: Stores, programme: EngineProgramme, today: dt.date) -> dict[str, tuple[str, ...]]:
    """Party of schools that train together -> its schools; empty where the template knows none."""
    if not programme.template.party.together:
        return {}
    parties = await stores.roster.parties(programme.programme_id)
    found = {one.party_id: one.schools_on(today) for one in parties if one.kind == TRAINING and not one.withdrawn}
    return {party: schools for party, schools in sorted(found.items()) if schools}


async def running(
    stores: Stores, programme: EngineProgramme, activity: Activity, now: dt.datetime, own_of: str = ""
) -> Running:
    """A course with its days and who leads it; `own_of`: of which school, or of which schools together."""
    key = course_id(programme.programme_id, activity.key, own_of)
    at_school, today = activity.at == AT_SCHOOL, programme.today(now)
    owner = {"school_id": own_of} if at_school else {"party_id": own_of}
    course = await stores.courses.get(key) or Course(
        course_id=key, programme_id=programme.programme_id, activity=activity.key, **owner
    )
    school, of_schools, named = await _whose(stores, programme, course, today)
    sittings = {number: one for number in course.numbers if (one := await _sitting(stores, key, number))}
    leaders = await _leaders(stores, programme, activity, today, course.school_id)
    return Running(
        programme=programme, activity=activity, course=course, sittings=sittings, leaders=leaders, today=today,
        school=school, of_schools=of_schools, named=named,
    )  # fmt: skip


async def _whose(
    stores: Stores, programme: EngineProgramme, course: Course, today: dt.date
) -> tuple[str, frozenset[str] | None, str]:
    """What it is called after, the schools whose people come (None: of all), and one that tells it from others."""
    if course.school_id:
        every = await stores.engine.all_schools(programme.programme_id)
        school = next((one.name for one in every if one.school_id == course.school_id), "")
        return school, frozenset({course.school_id}), course.school_id
    apart = await _training(stores, programme, today)
    if not apart:
        return "", None, ""
    if course.party_id:
        parties = await stores.roster.parties(programme.programme_id)
        name = next((one.name for one in parties if one.party_id == course.party_id), "")
        schools = apart.get(course.party_id, ())
        return name, frozenset(schools), next(iter(schools), "")
    taken = {school for schools in apart.values() for school in schools}
    every = await stores.engine.all_schools(programme.programme_id)
    alone = [one.school_id for one in every if not one.withdrawn and one.school_id not in taken]
    return "", frozenset(alone), next(iter(alone), "")


async def called(
    stores: Stores, programme: EngineProgramme, activity: Activity, today: dt.date
) -> list[tuple[str, str, str]]:
    """Each course of an activity: whose it is, a school that commands name it by, and what it is called after."""
    if activity.at == AT_SCHOOL:
        every = sorted(
            await stores.engine.all_schools(programme.programme_id), key=lambda one: (one.name, one.school_id)
        )
        return [(one.school_id, one.school_id, one.name) for one in every if not one.withdrawn]
    found = []
    for own in await owners(stores, programme, activity, today):
        course = Course(course_id="", programme_id=programme.programme_id, activity=activity.key, party_id=own)
        name, _, named = await _whose(stores, programme, course, today)
        found.append((own, named, name))
    return found


async def running_of(stores: Stores, programme: EngineProgramme, course: Course, now: dt.datetime) -> Running:
    """A course that is kept, with its days and who leads it."""
    return await running(stores, programme, course_of(programme, course.activity), now, course.own_of)


async def seats(stores: Stores, run: Running) -> list[Seat]:
    """Everybody whom the template names, each once, by the first reference that does."""
    programme, activity = run.programme, run.activity
    known, schools = await _known(stores, programme, run.today)
    here = [one for one in schools if run.of_schools is None or one in run.of_schools]
    everywhere: Iterable[str | None] = here if run.course.own_of else (*here, *NONE)
    found: dict[str, Seat] = {}
    for who in activity.who:
        roles = programme.template.roles_of(parse_reference(who).role)
        for school_id in everywhere:
            about = Situation(school_id=school_id, coordinator_id=programme.coordinator_id)
            for person in people_for([who], programme.template, about, known):
                held = next((one for one in known.members if one.person_id == person and one.role in roles), None)
                role, at = (held.role, held.school_id) if held else (roles[0], school_id)
                found.setdefault(person, Seat(person, who, role, at))
    return list(found.values())


async def diary(
    stores: Stores, run: Running, coming: Sequence[Seat], days: tuple[dt.date, dt.date], now: dt.datetime
) -> Diary:
    """On which days between two the schools of these people work, and they themselves can come.

    What is held at a school asks for that school's days alone.
    """
    programme, own = run.programme, run.course.school_id
    ids = {own} if own else {one.school_id for one in coming if one.school_id}
    enrolments = [one for one in await stores.enrolments.of_programme(programme.programme_id) if not one.withdrawn]
    schools = [one for one in enrolments if one.school_id in ids] or enrolments
    calendars = await stores.calendars.in_force({one.authority_code for one in schools})
    closures = await stores.days_off.closures([one.school_id for one in schools])
    horizon = Horizon.over(*days, calendars.bank_holidays)
    days_of_schools = SchoolDays(schools, calendars, closures)
    working = {one.name or one.school_id: days_of_schools.working(one.school_id, horizon) for one in schools}
    people = {one.person_id for one in coming}
    off = await ruled_out_by(stores, people, enrolments)
    busy = await engaged(stores, people, OF_ALL_COHORTS, now)
    taken = {person: {*off.get(person, ()), *busy.get(person, ())} for person in people}
    return Diary(horizon, working, {one: horizon.everything & ~horizon.mask(taken[one]) for one in people})


async def _known(stores: Stores, programme: EngineProgramme, today: dt.date) -> tuple[RoleDirectory, list[str]]:
    every = await stores.engine.all_schools(programme.programme_id)
    schools = [one.school_id for one in every if not one.withdrawn]
    directory = (await around(stores, programme, schools, today)).known
    assert isinstance(directory, RoleDirectory)
    return directory, schools


async def _leaders(
    stores: Stores, programme: EngineProgramme, activity: Activity, today: dt.date, school_id: str
) -> tuple[str, ...]:
    leads = activity.led_by or activity.minutes
    if not leads:
        return ()
    known, schools = await _known(stores, programme, today)
    everywhere: Iterable[str | None] = (school_id,) if school_id else (*NONE, *schools)
    found = [
        person
        for school_id in everywhere
        for person in people_for([leads], programme.template, Situation(school_id=school_id), known)
    ]
    return tuple(dict.fromkeys(found))


async def _sitting(stores: Stores, course: str, number: int) -> Sitting | None:
    """A day as it stands; as it last stood, where it was cancelled."""
    every = await stores.events.of_cohort(session_id(course, number))
    standing = [one for one in every if one.state != "cancelled"]
    last = [one for one in every if one.event.on == every[-1].event.on]
    return Sitting(number, tuple(standing or last)) if every else None
