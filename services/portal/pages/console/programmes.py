"""Programmes: all of them, one with how far its schools have come, and opening one from a template."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.steps import agrees_days, courses_of, forms_groups, has_duties, rounds_of
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.standing import cohort_of, standing
from services.portal.pages.portal import Hidden
from shared.commands.programmes import CloseEnrolment, OpenProgramme
from shared.commands.programmes_queries import ListProgrammes, ListTemplates, ProgrammeRow, ProgrammeRows, Templates

HERE = "/console/programmes"


async def programmes(request: Request) -> Response:
    """List all programmes."""
    desk = await Desk.of(request)
    found: ProgrammeRows = await desk.find(ListProgrammes())
    return desk.show("programmes", title="Programmes", rows=found.programmes)


async def programme(request: Request) -> Response:
    """Show one programme: how far it is, and what can be done next."""
    desk = await Desk.of(request)
    row = await of_path(desk, check=True)
    whole = await desk.portal.read.whole.get(row.programme_id)
    stand, cohort = await asyncio.gather(standing(desk.perhaps, row, whole), cohort_of(desk.perhaps, row.programme_id))
    facts: dict[str, Any] = {
        "row": row, "stand": stand, "cohort": cohort, "whole": whole,
        "groups": forms_groups(whole), "rounds": rounds_of(whole), "duties": has_duties(whole),
        "agrees": agrees_days(whole), "courses": courses_of(whole),
    }  # fmt: skip
    return desk.show("programme", title=row.name, **facts)


async def close(request: Request) -> Response:
    """Close enrolment, once what follows is said."""
    desk = await Desk.sure(request)
    row = await of_path(desk, check=True)
    title, groups = f"Close enrolment to {row.name}", forms_groups(await desk.portal.read.whole.get(row.programme_id))
    shown = partial(desk.asked, "close", title=title, row=row, groups=groups)
    command = CloseEnrolment(programme_id=row.programme_id)
    return await desk.serve(shown, lambda _posted: command, to=f"{HERE}/{row.programme_id}")


async def open_programme(request: Request) -> Response:
    """Open a programme from a template."""
    desk = await Desk.of(request)
    known: Templates = await desk.find(ListTemplates())
    return await desk.serve(
        partial(_opening, desk, known), _command, to=lambda done: f"{HERE}/{done.id}",
        unreadable="Choose a template, give the programme a name, and say its first year.",
    )  # fmt: skip


async def of_path(desk: Desk, *, check: bool = False) -> ProgrammeRow:
    """Return the programme that the address names; raises Hidden where there is none.

    `check`: with what stands against it, which looks at all its schools.
    """
    programme_id = desk.request.path_params["programme_id"]
    found: ProgrammeRows = await desk.find(ListProgrammes(name=programme_id, check=check))
    for row in found.programmes:
        if row.programme_id == programme_id:
            return row
    raise Hidden


def _command(posted: dict[str, str]) -> OpenProgramme:
    named = {"template": "template", "name": "name", "coordinator_name": "coordinator", "coordinator_email": "email"}
    given = {field: posted.get(name, "").strip() for field, name in named.items()}
    made = {**given, "year": posted.get("year", ""), "draft": posted.get("draft") == "yes"}
    return OpenProgramme.model_validate(made)


async def _opening(
    desk: Desk, known: Templates, refused: str = "", values: Mapping[str, str] | None = None
) -> Response:
    me = {"coordinator": desk.here.account.name, "email": desk.here.account.address}
    first = desk.portal.clock.now().year
    years = {str(year): f"{year}/{(year + 1) % 100:02}" for year in range(first - 1, first + 3)}
    templates: Sequence[Any] = known.rows or known.templates
    facts = {"templates": templates, "values": me if values is None else values, "years": years}
    return desk.show("open", 422 if refused else 200, title="Open a programme", refused=refused, **facts)
