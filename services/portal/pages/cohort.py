"""My group: who is in it, and what each school shares with the others and learns from them.

How well somebody is covered, weights, and how schools compare are for the coordinator; they are not asked for here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access
from services.portal.domain.records import Group, Member, Programme, School
from services.portal.domain.sharing import Picture, SchoolPart, part_of, picture
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.sharing import GroupSharing, ShowSharing
from shared.errors import KindredError
from shared.template.resolving import Needed, roles_named

VISIT, TOPICS = "visit", "topics"
EXPLAINED = 4
"""Groups that are explained on one page; nobody but the coordinator has more."""


@dataclass(frozen=True)
class _Shown:
    """What a group's schools share, by school; a picture of it; how far they lie from each other."""

    picture: Picture | None
    parts: Mapping[str, SchoolPart]
    apart: str


@dataclass(frozen=True)
class _Around:
    """What a programme's groups are shown with: whose holders are named, what roles and topics are called."""

    coordinator_id: str = ""
    roles: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    topics: tuple[tuple[str, str], ...] = ()


async def cohort_page(request: Request) -> Response:
    """Show a person's group; a coordinator sees every group of the cohort."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "cohort")
    group = await portal.read.groups.get(visitor.link.target_id)
    programme_id = group.programme_id if group else visitor.link.programme_id
    around = await _around(portal, programme_id)
    own = await _own(portal, visitor, programme_id)
    groups = [group] if group else await _groups(portal, visitor, programme_id, own, around)
    if not groups:
        raise Hidden
    schools = await _schools(portal, groups)
    coordinates = visitor.person_id == around.coordinator_id
    shown = [
        one for one in groups if coordinates or access.may_see_group(visitor.person_id, one, list(schools.values()))
    ]
    if not shown:
        raise Hidden
    names = await portal.read.people.names(member.person_id for school in schools.values() for member in school.members)
    sharing = {group.group_id: await _shared(portal, group, schools) for group in shown[:EXPLAINED]}
    return portal.renderer.page(
        request, "cohort.html", visitor=visitor, csrf=visitor.csrf, groups=shown, schools=schools, names=names,
        roles=around.roles, titles=dict(around.titles), sharing=sharing, topics=dict(around.topics), mine=own,
        title="Your group" if len(shown) == 1 else "The groups",
    )  # fmt: skip


async def _around(portal: Portal, programme_id: str | None) -> _Around:
    if not programme_id:
        return _Around()
    if (whole := await portal.read.whole.get(programme_id)) is not None:
        return _of_template(whole)
    programme = await portal.read.programmes.get(programme_id)
    return _of_enrolment(programme) if programme else _Around()


def _of_template(programme: WholeProgramme) -> _Around:
    template = programme.template
    visitors = [who for activity in template.activities if activity.kind == VISIT for who in activity.who]
    return _Around(
        programme.coordinator_id,
        roles_named(visitors, template),
        tuple((role.key, role.title) for role in template.roles if role.title),
        tuple((entry.key, entry.title) for entry in template.entries(TOPICS)),
    )


def _of_enrolment(programme: Programme) -> _Around:
    enrolment = programme.template.enrolment
    topics = tuple((topic.key, topic.title) for topic in enrolment.topics)
    return _Around(programme.coordinator_id, tuple(enrolment.pair), (), topics)


async def _own(portal: Portal, visitor: Visitor, programme_id: str | None) -> set[str]:
    """The visitor's schools: those that enrolled them, and those at which they hold a role."""
    named = {school.school_id for school in await portal.read.schools.of_person(visitor.person_id)}
    held = await portal.read.roster.of_person(programme_id, visitor.person_id) if programme_id else []
    return named | {one.school_id for one in held if one.school_id and one.holds_on(visitor.now.date())}


async def _groups(
    portal: Portal, visitor: Visitor, programme_id: str | None, own: set[str], around: _Around
) -> list[Group]:
    if programme_id and visitor.person_id == around.coordinator_id:
        own = {school.school_id for school in await portal.read.schools.of_programme(programme_id)}
    return await portal.read.groups.of_schools(own, programme_id)


async def _schools(portal: Portal, groups: list[Group]) -> dict[str, School]:
    """The schools of these groups by id, with the people whom they named and who holds a role there."""
    programme_id = groups[0].programme_id
    ids = [school_id for group in groups for school_id in group.school_ids]
    found = {school.school_id: school for school in await portal.read.schools.of_programme(programme_id, ids)}
    today = portal.clock.now().date()
    for held in await portal.read.roster.members(programme_id, Needed(school_ids=frozenset(found))):
        if held.school_id in found and held.holds_on(today):
            school = found[held.school_id]
            member = Member(person_id=held.person_id, role=held.role)
            found[held.school_id] = replace(school, members=(*school.members, member))
    return found


async def _shared(portal: Portal, group: Group, schools: Mapping[str, School]) -> _Shown | None:
    """Return who shares what with whom; None where its owner does not answer (the group can still be shown)."""
    try:
        found: GroupSharing = await portal.owners.find(ShowSharing(group_id=group.group_id))
    except KindredError:
        return None
    inside = [one for one in group.school_ids if one in schools]
    called = {one: schools[one].name for one in inside}
    parts = {
        one: part_of(one, (schools[one].strengths, schools[one].needs), found.shared, called) for one in inside
    }  # fmt: skip
    return _Shown(picture(inside, called, found.shared), parts, _apart(found))


def _apart(found: GroupSharing) -> str:
    """How far the schools lie from each other, in words."""
    if found.nearest_km is None or found.farthest_km is None:
        return ""
    near, far = max(1, round(found.nearest_km)), max(1, round(found.farthest_km))
    return f"The schools lie {far} km apart." if near == far else f"The schools lie {near} to {far} km apart."
