"""Every mail and form of a programme as somebody gets it, with its real people; nothing is sent or kept."""

from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.form_preview import preview
from services.portal.domain.letter_text import unwrapped
from services.portal.domain.whole import titles
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.setup.steps import setup_of
from services.portal.pages.portal import Hidden
from shared.commands.previews import ListMailPreviews, MailPreview, MailPreviews, PreviewMail
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, PersonRow
from shared.errors import Rejected
from shared.template.answers import ACTION_STATUS, PERSON, columns
from shared.template.resolving import roles_named

SECTIONS = {
    "tasks": "What people are asked, and reminders",
    "mails": "In the programme\u2019s own words",
    "forms": "What happens to what people write",
    "reports": "Reports",
    "dates": "Groups and dates",
}


async def wording(request: Request) -> Response:
    """List every mail, by what it is about."""
    desk = await Desk.of(request)
    row = await setup_of(desk)
    found: MailPreviews = await desk.find(ListMailPreviews(programme_id=row.programme_id))
    sections = [(SECTIONS[key], list(rows)) for key, rows in groupby(found.rows, key=lambda one: one.section)]
    return desk.show("setup/wording", title=f"The mails of {row.name}", row=row, sections=sections)


async def mail_preview(request: Request) -> Response:
    """One mail, written for somebody who would get it; `person` chooses another of them."""
    desk = await Desk.of(request)
    row = await setup_of(desk)
    query = PreviewMail(
        programme_id=row.programme_id, key=request.path_params["key"][:200],
        person_id=request.query_params.get("person", "")[:80],
    )  # fmt: skip
    try:
        found: MailPreview = await desk.find(query)
    except Rejected as refused:
        if refused.rule == "unknown-mail":
            raise Hidden from None
        return desk.show("setup/mail", 422, title="A mail", row=row, found=None, refused=refused.sentence)
    readers = sorted((found.reader, *found.others), key=lambda one: (one.school, one.name))
    return desk.show("setup/mail", title=found.what, row=row, found=found, readers=readers, text=unwrapped(found.text))


async def form_preview(request: Request) -> Response:
    """One form as its people see it, with nothing in it; it cannot be sent."""
    desk = await Desk.of(request)
    row = await setup_of(desk)
    form = row.template.form(request.path_params["form"])
    if form is None:
        raise Hidden
    school, person = await _somebody(desk, row.programme_id, roles_named(form.by, row.template))
    facts: dict[str, Any] = {
        "row": row, "entry": preview(form, row, school), "by": titles(form.by, row.template), "school": school,
        "person": person, "columns": columns, "action_statuses": ACTION_STATUS, "person_parts": PERSON,
        "conditional": {one.key: one.shown_if.field.rpartition(".")[2] for one in form.fields if one.shown_if},
    }  # fmt: skip
    return desk.show("setup/form", title=form.title, **facts)


async def _somebody(desk: Desk, programme_id: str, roles: tuple[str, ...]) -> tuple[str, PersonRow | None]:
    """The first school that takes part, and somebody of it who fills the form in; blank where there is none yet."""
    found: EnrolmentRows | None = await desk.known(ListEnrolments(programme_id=programme_id, limit=1))
    if found is None or not found.enrolments:
        return "", None
    first = found.enrolments[0]
    return first.school.name, next((one for one in first.people if one.role in roles), None)
