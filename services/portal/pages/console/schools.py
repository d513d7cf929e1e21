"""Schools of a programme: all of them by the page or one by its URN; one with people, needs, mails; withdraw it."""

from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.reading import whole_number
from services.portal.domain.steps import rounds_of
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.imports import row_path
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.stages import stages
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.programmes import AddPerson, CorrectAddress, PersonDetails, WithdrawSchool
from shared.commands.programmes_queries import EnrolmentRow, EnrolmentRows, ListEnrolments, ProgrammeRow
from shared.errors import Rejected
from shared.template.kinds import NEIGHBOURS

STATES: dict[str, str] = {"enrolled": "Takes part", "withdrawn": "Withdrawn"}


async def schools(request: Request) -> Response:
    """List schools by part of a name or town, postcode or URN; lead to the school where there is only one."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    search, page = desk.written(), desk.page_number()
    query = ListEnrolments(programme_id=row.programme_id, search=search, limit=PAGE, offset=(page - 1) * PAGE)
    found: EnrolmentRows = await desk.find(query)
    if search and found.total == 1 and page == 1:
        return RedirectResponse(f"{row_path(row)}/schools/{found.enrolments[0].school.urn}", 303)
    facts: dict[str, Any] = {
        "row": row, "rows": found.enrolments, "states": STATES, "search": search,
        "pages": Pages(page, found.total, kept({"search": search})),
    }  # fmt: skip
    return desk.show("schools", title=f"Schools of {row.name}", **facts)


async def school(request: Request) -> Response:
    """Show one school, correct an address, or withdraw it with a reason."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    one = await _enrolment(desk, row)
    if request.method != "POST":
        return await _shown(desk, row, one)
    posted = await desk.posted()
    try:
        said = await _carried_out(desk, row, one, posted)
    except ValidationError:
        return await _shown(desk, row, one, "What was written is too long, or no name and address.", posted)
    except Rejected as refused:
        return await _shown(desk, row, one, refused.sentence, posted)
    return desk.done(request.url.path, said)


async def _carried_out(desk: Desk, row: ProgrammeRow, one: EnrolmentRow, posted: dict[str, str]) -> str:
    once = posted.get("once", "")
    if posted.get("do") == "correct":
        person_id = posted.get("person", "")
        if person_id not in {person.person_id for person in one.people}:
            raise Hidden
        corrected = CorrectAddress(person_id=person_id, email=posted.get("email", "").strip())
        return str((await desk.ask(corrected, once)).sentence)
    if posted.get("do") == "add":
        return await _added(desk, row, one, posted)
    if posted.get("do") != "withdraw":
        raise Hidden
    await Desk.sure(desk.request)
    reason = posted.get("reason", "").strip()
    if not reason:
        raise Rejected("no-reason", "Say why the school leaves; it stays with its enrolment.")
    command = WithdrawSchool(programme_id=row.programme_id, urn=one.school.urn, reason=reason)
    done = await desk.ask(command, once)
    return done.sentence or f"{one.school.name} is withdrawn."


async def _added(desk: Desk, row: ProgrammeRow, one: EnrolmentRow, posted: dict[str, str]) -> str:
    """Record a further person of the school."""
    name, email = posted.get("name", "").strip(), posted.get("address", "").strip()
    if not (name and email and posted.get("role")):
        raise Rejected("incomplete", "Give the name, the work address and what they are.")
    details = PersonDetails.model_validate({"role": posted["role"], "name": name, "email": email})
    added = AddPerson(programme_id=row.programme_id, urn=one.school.urn, person=details)
    done = await desk.ask(added, posted.get("once", ""))
    return done.sentence or f"{name} is added to {one.school.name}."


async def _enrolment(desk: Desk, row: ProgrammeRow) -> EnrolmentRow:
    asked = desk.request.path_params["urn"]
    urn = whole_number(asked)
    found: EnrolmentRows = await desk.find(ListEnrolments(programme_id=row.programme_id, urn=urn, limit=1))
    if not urn or not found.enrolments:
        raise Hidden
    return found.enrolments[0]


async def _shown(
    desk: Desk, row: ProgrammeRow, one: EnrolmentRow, refused: str = "", values: dict[str, str] | None = None
) -> Response:
    whole = await desk.portal.read.whole.get(row.programme_id)
    facts: dict[str, Any] = {
        "row": row, "one": one, "states": STATES, "values": values or {}, "takes_part": whole is not None,
        "stages": await stages(desk, whole, one), "roles": _roles(whole),
        "near": _round_of_neighbours(whole) if one.state == "enrolled" else "",
    }  # fmt: skip
    return desk.show("school", 422 if refused else 200, title=one.school.name, refused=refused, **facts)


def _round_of_neighbours(whole: WholeProgramme | None) -> str:
    """The round in which small schools may share a place; none where the template has none."""
    return next((of.key for of in rounds_of(whole) if of.kind == NEIGHBOURS), "")


def _roles(whole: WholeProgramme | None) -> dict[str, str]:
    """What somebody of a school may be, key -> title; nothing in programmes of 0.1.0."""
    declared = whole.template.roles if whole else ()
    return {role.key: role.title or role.key for role in declared if role.at == "school" and not role.of}
