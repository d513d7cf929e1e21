"""Visits to come of one person, and who of their school may stand in for them at one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.portal.domain import words
from services.portal.pages.console.desk import Desk
from services.portal.pages.portal import Hidden
from shared.commands.people import FoundPerson
from shared.commands.scheduling import AllowSubstitute, ListVisits, VisitDetail, VisitRows
from shared.errors import Rejected
from shared.template.resolving import Needed

MOST = 100


@dataclass(frozen=True)
class Coming:
    """A visit to which somebody is invited. `others`: people of their school who are not, by id."""

    visit_id: str
    programme_id: str
    when: str
    host: str
    school: str
    others: Mapping[str, str]


async def to_come(desk: Desk, one: FoundPerson) -> tuple[Coming, ...]:
    """Return the published visits ahead to which the person is invited for a school, in order of date."""
    found: VisitRows | None = await desk.perhaps(ListVisits(person_id=one.person_id, limit=MOST))
    today = desk.portal.clock.now().date()
    ahead = [each for each in found.visits if each.state == "published" and each.visit.on >= today] if found else []
    return tuple([shown for each in ahead if (shown := await _coming(desk, one, each))])


def stood_in(one: FoundPerson, coming: Sequence[Coming], visit_id: str, substitute_id: str) -> AllowSubstitute:
    """Return the command; raises Hidden for a visit that is none of theirs, Rejected where nobody was chosen."""
    visit = next((each for each in coming if each.visit_id == visit_id), None)
    if visit is None:
        raise Hidden
    if substitute_id not in visit.others:
        sentence = "Choose who comes instead. Somebody who is not there is added on the school's page."
        raise Rejected("who-comes", sentence)
    return AllowSubstitute(visit_id=visit_id, person_id=one.person_id, substitute_id=substitute_id)


async def _coming(desk: Desk, one: FoundPerson, found: VisitDetail) -> Coming | None:
    visit = found.visit
    place = next((each for each in visit.attendees if each.person_id == one.person_id and each.school_id), None)
    if place is None or not place.school_id:
        return None
    read = desk.portal.read
    wanted = {place.school_id, visit.host_school_id}
    schools = {each.school_id: each for each in await read.schools.of_programme(visit.programme_id, sorted(wanted))}
    held = await read.roster.members(visit.programme_id, Needed(school_ids=frozenset({place.school_id})))
    today = desk.portal.clock.now().date()
    there = {each.person_id for each in held if each.holds_on(today) and each.school_id == place.school_id}
    if own := schools.get(place.school_id):
        there |= {each.person_id for each in own.members}
    invited = {visit.facilitator_id, *(each.person_id for each in visit.attendees)}
    names = await desk.names(there - {each for each in invited if each})
    host, school = schools.get(visit.host_school_id), schools.get(place.school_id)
    others = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return Coming(
        visit.visit_id, visit.programme_id, f"{words.day(visit.on)}, {words.clock(visit.starts)}",
        host.name if host else "a school", school.name if school else "", others,
    )  # fmt: skip
