"""My group: who is in it and why."""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access
from services.portal.domain.records import Group, Programme, School
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.matching import GroupReasons, WhyGroup
from shared.errors import KindredError


async def cohort_page(request: Request) -> Response:
    """Show a person's group; a coordinator sees every group of the cohort."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "cohort")
    mine = await portal.read.schools.of_person(visitor.person_id)
    groups = await _groups(portal, visitor, mine)
    if not groups:
        raise Hidden
    programme = await portal.read.programmes.get(groups[0].programme_id)
    ids = [school_id for group in groups for school_id in group.school_ids]
    schools = {
        school.school_id: school for school in await portal.read.schools.of_programme(groups[0].programme_id, ids)
    }
    shown = [
        group for group in groups if access.may_see_group(visitor.person_id, group, list(schools.values()), programme)
    ]
    if not shown:
        raise Hidden
    names = await portal.read.people.names(member.person_id for school in schools.values() for member in school.members)
    reasons = {group.group_id: await _why(portal, group) for group in shown[:1]}
    return portal.renderer.page(
        request, "cohort.html", visitor=visitor, csrf=visitor.csrf, programme=programme, groups=shown, schools=schools,
        names=names, reasons=reasons, topics=_topics(programme), mine={school.school_id for school in mine},
        title="Your group" if len(shown) == 1 else "The groups",
    )  # fmt: skip


async def _groups(portal: Portal, visitor: Visitor, mine: list[School]) -> list[Group]:
    target = visitor.link.target_id
    if (group := await portal.read.groups.get(target)) is not None:
        return [group]
    programme_id = visitor.link.programme_id
    programme = await portal.read.programmes.get(programme_id) if programme_id else None
    if access.is_coordinator(visitor.person_id, programme) and programme is not None:
        everyone = [school.school_id for school in await portal.read.schools.of_programme(programme.programme_id)]
        return await portal.read.groups.of_schools(everyone, programme.programme_id)
    return await portal.read.groups.of_schools([school.school_id for school in mine], programme_id)


async def _why(portal: Portal, group: Group) -> GroupReasons | None:
    """Return the reasons; None where their owner does not answer (the group can still be shown)."""
    try:
        found: GroupReasons = await portal.owners.find(WhyGroup(group_id=group.group_id))
    except KindredError:
        return None
    return found


def _topics(programme: Programme | None) -> dict[str, str]:
    return {topic.key: topic.title for topic in programme.template.enrolment.topics} if programme else {}
