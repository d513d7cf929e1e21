"""How a programme is set up: its steps, its people, lists and rules, what is left open, and every form and mail."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.programme_steps import rule_said, steps
from services.portal.domain.whole import titles
from services.portal.pages.console.desk import Desk
from shared.commands.templates import ProgrammeSetup, ShowSetup
from shared.template.forms import Form
from shared.template.template import Template


async def setup_of(desk: Desk) -> ProgrammeSetup:
    """How the programme of the address is set up, also a draft; raises Hidden where there is none."""
    found: ProgrammeSetup = await desk.portal.shown(ShowSetup(programme_id=desk.request.path_params["programme_id"]))
    return found


async def programme_steps(request: Request) -> Response:
    """Show what a programme is made of."""
    desk = await Desk.of(request)
    found = await setup_of(desk)
    template = found.template
    facts: dict[str, Any] = {
        "row": found, "of": template, "steps": steps(template, found.year),
        "rules": [rule_said(rule, template) for rule in template.participation.rules],
        "left_open": [(one.setting, one.default) for one in template.clock.left_open],
        "forms": [(form, _by(form, template)) for form in template.forms],
    }  # fmt: skip
    return desk.show("setup/steps", title=f"What {found.name} is made of", **facts)


def _by(form: Form, template: Template) -> tuple[str, ...]:
    return titles(form.by, template)
