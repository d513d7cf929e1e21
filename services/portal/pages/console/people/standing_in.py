"""Dates to come of one person, and who of their school may stand in for them at one of them."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.portal.domain import words
from services.portal.pages.console.desk import Desk
from services.portal.pages.portal import Hidden
from shared.commands.agreed_visits import ArrangementDetail, InvitedRow, ShowDays
from shared.commands.people import FoundPerson
from shared.commands.scheduling import AllowSubstitute, ListVisits, VisitDetail, VisitRows
from shared.errors import Rejected
from shared.events.scheduling_parts import Attendee
from shared.roster import Membership
from shared.template.kinds import SESSION
from shared.template.resolving import Needed

MOST = 100


@dataclass(frozen=True)
class Coming:
    """A date to which somebody is invited. `others`: people of their school or trust who are not, by id.

    `at`: the page of it. `instead_of`: in whose place they come.
    """

    visit_id: str
    programme_id: str
    when: str
    host: str
    school: str
    others: Mapping[str, str]
    at: str
    title: str = ""
    instead_of: str = ""


@dataclass(frozen=True)
class _Dated:
    """What a visit and an agreed day have alike."""

    visit_id: str
    programme_id: str
    at: str
    on: dt.date
    starts: dt.time
    host_school_id: str
    places: Sequence[Attendee | InvitedRow]
    leads: str = ""
    title: str = ""


async def to_come(desk: Desk, one: FoundPerson) -> tuple[Coming, ...]:
    """Return the visits and agreed days ahead to which the person is invited for a school, in order of date."""
    found: VisitRows | None = await desk.perhaps(ListVisits(person_id=one.person_id, limit=MOST))
    today = desk.portal.clock.now().date()
    ahead = [each for each in found.visits if each.state == "published" and each.visit.on >= today] if found else []
    dated = [*map(_visit, ahead), *[each async for each in _agreed(desk, one, today)]]
    dated.sort(key=lambda each: (each.on, each.starts, each.visit_id))
    return tuple([shown for each in dated if (shown := await _coming(desk, one, each))])


async def courses_of(desk: Desk, one: FoundPerson) -> Mapping[str, str]:
    """Return the page -> title of the courses with days to come to which the person is invited by name."""
    found: VisitRows | None = await desk.perhaps(ListVisits(person_id=one.person_id, limit=1))
    today, courses = desk.portal.clock.now().date(), dict[str, str]()
    for each in found.events if found else ():
        event = each.event
        whole = await desk.portal.read.whole.get(event.programme_id) if event.on >= today else None
        activity = whole.template.activity(event.activity) if whole else None
        if activity is not None and activity.kind == SESSION and each.state == "published":
            courses[f"/console/programmes/{event.programme_id}/courses/{activity.key}"] = activity.title
    return courses


def stood_in(one: FoundPerson, coming: Sequence[Coming], visit_id: str, substitute_id: str) -> AllowSubstitute:
    """Return the command; raises Hidden for a visit that is none of theirs, Rejected where nobody was chosen."""
    visit = next((each for each in coming if each.visit_id == visit_id), None)
    if visit is None:
        raise Hidden
    if substitute_id not in visit.others:
        sentence = "Choose who comes instead. Somebody who is not there is added on the school's page."
        raise Rejected("who-comes", sentence)
    return AllowSubstitute(visit_id=visit_id, person_id=one.person_id, substitute_id=substitute_id)


def _visit(found: VisitDetail) -> _Dated:
    visit = found.visit
    at = f"/console/programmes/{visit.programme_id}/visits/{visit.visit_id}"
    return _Dated(
        visit.visit_id, visit.programme_id, at, visit.on, visit.starts, visit.host_school_id, visit.attendees,
        visit.facilitator_id or "",
    )  # fmt: skip


async def _agreed(desk: Desk, one: FoundPerson, today: dt.date) -> AsyncIterator[_Dated]:
    for each in await desk.portal.read.dates.agreed_visits_of(one.person_id):
        if each.state != "agreed" or each.on < today:
            continue
        found: ArrangementDetail | None = await desk.perhaps(ShowDays(visit_id=each.visit_id))
        day = next((day for day in found.visits if day.visit_id == each.visit_id), None) if found else None
        if found is None or day is None or day.state != "published":
            continue
        at = f"/console/programmes/{each.programme_id}/agreed/{each.visit_id}"
        yield _Dated(
            day.visit_id, each.programme_id, at, day.on, day.starts, found.host_school_id, day.attendees,
            title=found.title,
        )  # fmt: skip


async def _coming(desk: Desk, one: FoundPerson, found: _Dated) -> Coming | None:
    place = next((each for each in found.places if each.person_id == one.person_id and each.school_id), None)
    if place is None or not place.school_id:
        return None
    read, programme_id = desk.portal.read, found.programme_id
    wanted = {place.school_id, found.host_school_id}
    schools = {each.school_id: each for each in await read.schools.of_programme(programme_id, sorted(wanted))}
    held = await read.roster.members(programme_id, Needed(school_ids=frozenset({place.school_id})))
    today = desk.portal.clock.now().date()
    there = set(_of_the_place(place, [each for each in held if each.holds_on(today)]))
    if own := schools.get(place.school_id):
        there |= {each.person_id for each in own.members}
    invited = {found.leads, *(each.person_id for each in found.places)}
    whose = place.substitute_for or ""
    names = await desk.names((there | {whose}) - {each for each in invited if each} - {""})
    host, school = schools.get(found.host_school_id), schools.get(place.school_id)
    others = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return Coming(
        found.visit_id, programme_id, f"{words.day(found.on)}, {words.clock(found.starts)}",
        host.name if host else "a school", school.name if school else "", others, found.at, found.title,
        names.get(whose, "somebody") if whose else "",
    )  # fmt: skip


def _of_the_place(place: Attendee | InvitedRow, held: Sequence[Membership]) -> Iterator[str]:
    """Who is of the same school, or of the same trust where the role is held there."""
    whose = place.substitute_for or place.person_id
    parties = {one.party_id for one in held if one.person_id == whose and one.role == place.role and one.party_id}
    return (one.person_id for one in held if one.school_id == place.school_id or one.party_id in parties)
