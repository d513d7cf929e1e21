"""My schools: what is kept of each, who takes part for it, with whom it is together, and whether it goes on."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import words
from services.portal.domain.parts import Part
from services.portal.domain.records import School
from services.portal.domain.whole import listed_forms
from services.portal.pages.actions.rows import RATINGS
from services.portal.pages.me.trusts import OPEN, Trust, trusts_of
from services.portal.pages.portal import Portal, Visitor
from shared.commands.participation import ParticipationShown, ShowParticipation
from shared.commands.profiles import ProfileShown, ShowProfile
from shared.template.resolving import Needed

PAGE = "schools"
PARTICIPATION, PROFILE = "participation", "profile"


@dataclass(frozen=True)
class InProgramme:
    """A school in one programme. `people`: name and role; `links`: words and where they lead."""

    name: str
    people: tuple[tuple[str, str], ...]
    shares: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    answer: str = ""
    until: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OneSchool:
    """A school with all its programmes."""

    name: str
    place: str
    programmes: tuple[InProgramme, ...]


async def schools(request: Request) -> Response:
    """Show the schools of the person, or the one at which they look."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    chosen = [one for one in visitor.parts if visitor.acting in {None, one} and one.kind == "school"]
    found, trusts, asked = await asyncio.gather(
        asyncio.gather(*(_school(portal, visitor, part) for part in chosen)), trusts_of(portal, visitor),
        _asked(portal, visitor, {part.key for part in visitor.parts}),
    )  # fmt: skip
    return portal.renderer.page(
        request, "me/schools.html", visitor=visitor, csrf=visitor.csrf, schools=found, trusts=trusts,
        states=[(one, RATINGS[one]) for one in OPEN],
        asked=asked,
        title=_title(found, trusts),
    )  # fmt: skip


def _title(found: list[OneSchool], trusts: list[Trust]) -> str:
    if len(found) + len(trusts) == 1:
        return found[0].name if found else trusts[0].name
    return "My schools"


async def _school(portal: Portal, visitor: Visitor, part: Part) -> OneSchool:
    known = await asyncio.gather(*(portal.read.schools.of_programme(one, [part.key]) for one in part.programmes))
    enrolled = [next(iter(each), None) for each in known]
    programmes = await asyncio.gather(
        *(
            _programme(portal, visitor, part, one, school)
            for one, school in zip(part.programmes.items(), enrolled, strict=True)
        )
    )
    place = next((one.place for one in enrolled if one), "")
    return OneSchool(part.place, place, tuple(programmes))


async def _programme(
    portal: Portal, visitor: Visitor, part: Part, of: tuple[str, str], enrolled: School | None
) -> InProgramme:
    """What is kept of the school in one programme, by its id and name."""
    programme_id, name = of
    (topics, roles, links), people, shown, grouped, profile = await asyncio.gather(
        _words(portal, programme_id),
        _people(portal, visitor, part.key, programme_id, enrolled),
        _participation(portal, visitor, programme_id, part.key),
        portal.read.groups.of_schools([part.key], programme_id),
        _profile(portal, visitor, programme_id, part.key),
    )
    ways = [(f"{visitor.root}/cohort/{programme_id}", "Your group")] if grouped else []
    ways += [(f"{visitor.root}/{one}", said) for one, said in links]
    if profile is not None:
        ways.append((f"{visitor.root}/{PROFILE}/{programme_id}/{part.key}", _to_profile(profile)))
    if shown and shown.answers:
        ways.append((f"{visitor.root}/{PARTICIPATION}/{programme_id}/{part.key}", "Change whether you take part"))
    return InProgramme(
        name,
        tuple((name, roles.get(role) or words.role(role)) for name, role in people),
        tuple(topics.get(key, key) for key in (enrolled.strengths if enrolled else ())),
        tuple(topics.get(key, key) for key in (enrolled.needs if enrolled else ())),
        shown.answer if shown else "",
        words.day(shown.until) if shown and shown.until else "",
        tuple(ways),
    )


async def _words(portal: Portal, programme_id: str) -> tuple[dict[str, str], dict[str, str], list[tuple[str, str]]]:
    """What topics and roles are called, and the lists that people of the programme look through."""
    if whole := await portal.read.whole.get(programme_id):
        topics = {entry.key: entry.title for entry in whole.template.entries("topics")}
        roles = {role.key: role.title for role in whole.template.roles if role.title}
        forms = [] if whole.still else listed_forms(whole.template)
        return topics, roles, [(f"projects?programme={programme_id}&list={one.key}", one.title) for one in forms]
    programme = await portal.read.programmes.get(programme_id)
    topics = {one.key: one.title for one in programme.template.enrolment.topics} if programme else {}
    return topics, {}, []


async def _people(
    portal: Portal, visitor: Visitor, school_id: str, programme_id: str, enrolled: School | None
) -> list[tuple[str, str]]:
    """Who takes part for the school, and the key of their role: as they hold it now, or as it enrolled them."""
    wanted = Needed(school_ids=frozenset({school_id}))
    held = [
        (one.person_id, one.role)
        for one in await portal.read.roster.members(programme_id, wanted)
        if one.school_id == school_id and one.holds_on(visitor.now.date())
    ]
    found = held or [(one.person_id, one.role) for one in (enrolled.members if enrolled else ())]
    names = await portal.read.people.names(person for person, _ in found)
    return list(dict.fromkeys((words.person(person, names), role) for person, role in found))


async def _participation(
    portal: Portal, visitor: Visitor, programme_id: str, school_id: str
) -> ParticipationShown | None:
    """How the school's part stands; None where there is nothing for this person to say."""
    query = ShowParticipation(programme_id=programme_id, school_id=school_id, person_id=visitor.person_id)
    found: ParticipationShown | None = await portal.perhaps(query, visitor)
    return found


async def _profile(portal: Portal, visitor: Visitor, programme_id: str, school_id: str) -> ProfileShown | None:
    """The school's profile, where this person may see it and there is something to change."""
    query = ShowProfile(programme_id=programme_id, school_id=school_id, person_id=visitor.person_id)
    found: ProfileShown | None = await portal.perhaps(query, visitor)
    return found


def _to_profile(profile: ProfileShown) -> str:
    """What the way to the profile is called: by when it can be changed, where that is known."""
    if not profile.open:
        return "Profile, and days that do not suit"
    until = f" (until {words.short_day(profile.until)})" if profile.until else ""
    return f"Change your school\u2019s profile{until}"


async def _asked(portal: Portal, visitor: Visitor, own: set[str]) -> list[tuple[str, str]]:
    """Schools for which the person was asked whether they take part, and which do not yet."""
    asked = []
    for link in await portal.read.links.of_person(visitor.person_id):
        if link.purpose != PARTICIPATION or link.target_id in own or not link.programme_id:
            continue
        shown = await _participation(portal, visitor, link.programme_id, link.target_id)
        if shown and not shown.enrolled:
            href = f"{visitor.root}/{PARTICIPATION}/{link.programme_id}/{link.target_id}"
            asked.append((href, f"{shown.school or 'Your school'}: {shown.programme}"))
            if profile := await _profile(portal, visitor, link.programme_id, link.target_id):
                href = f"{visitor.root}/{PROFILE}/{link.programme_id}/{link.target_id}"
                asked.append((href, f"{profile.school or 'Your school'}: take part with the profile of last time"))
    return list(dict.fromkeys(asked))
