"""How a programme is set up: its steps, its people, lists and rules, what is left open, and every form and mail."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.programme_steps import rule_said, steps
from services.portal.domain.reading import whole_number
from services.portal.domain.whole import titles
from services.portal.pages.console.desk import Desk
from shared.commands.base import Command
from shared.commands.templates import ChooseLeftOpen, ProgrammeSetup, ShowSetup
from shared.errors import Rejected
from shared.template.forms import Form
from shared.template.template import Template

WHICH = "Choose what to do. A choice is one line of at most 300 characters."


async def setup_of(desk: Desk) -> ProgrammeSetup:
    """How the programme of the address is set up, also a draft; raises Hidden where there is none."""
    found: ProgrammeSetup = await desk.portal.shown(ShowSetup(programme_id=desk.request.path_params["programme_id"]))
    return found


async def programme_steps(request: Request) -> Response:
    """Show what a programme is made of; keep what is chosen where its source leaves it open."""
    desk = await Desk.of(request)
    found = await setup_of(desk)
    to = f"{request.url.path}#open"
    return await desk.serve(partial(_shown, desk, found), partial(_command, found), to=to, unreadable=WHICH)


def _command(found: ProgrammeSetup, posted: dict[str, str]) -> Command | None:
    """What is chosen for one setting: the default, or what stands in the field beside it."""
    act, _, number = posted.get("do", "").partition(":")
    settings = [one.setting for one in found.template.clock.left_open]
    at = whole_number(number)
    if act != "choose" or not 1 <= at <= len(settings):
        return None
    said = " ".join(posted.get("choice", "").split())
    if posted.get("how") == "other" and not said:
        raise Rejected("no-choice", "Write how it is done in this programme, in one line.")
    choice = said if posted.get("how") == "other" else ""
    return ChooseLeftOpen(programme_id=found.programme_id, setting=settings[at - 1], choice=choice)


async def _shown(
    desk: Desk, found: ProgrammeSetup, *, refused: str = "", values: dict[str, str] | None = None
) -> Response:
    template = found.template
    facts: dict[str, Any] = {
        "row": found, "of": template, "steps": steps(template, found.year),
        "rules": [rule_said(rule, template) for rule in template.participation.rules],
        "left_open": [
            (one.setting, one.default, found.chosen.get(one.setting, "")) for one in template.clock.left_open
        ],
        "values": values or {},
        "forms": [(form, _by(form, template)) for form in template.forms],
    }  # fmt: skip
    title = f"What {found.name} is made of"
    return desk.show("setup/steps", 422 if refused else 200, title=title, refused=refused, **facts)


def _by(form: Form, template: Template) -> tuple[str, ...]:
    return titles(form.by, template)
