"""A newer template for a programme that runs: what would change, what cannot any more and why; taking it over."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.differences import told
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE
from services.portal.pages.console.setup.steps import setup_of
from shared.commands.base import Command
from shared.commands.template_upgrades import CompareTemplate, TemplateDifference, UpgradeProgramme
from shared.commands.templates import ProgrammeSetup


async def newer(request: Request) -> Response:
    """Show the differences to the newest version that is known; take over what can be."""
    desk = await Desk.of(request)
    row = await setup_of(desk)
    to = f"{HERE}/{row.programme_id}/steps"
    return await desk.serve(partial(_shown, desk, row), partial(_command, row), to=to)


def _command(row: ProgrammeSetup, posted: dict[str, str]) -> Command | None:
    return UpgradeProgramme(programme_id=row.programme_id) if posted.get("do") == "apply" else None


async def _shown(desk: Desk, row: ProgrammeSetup, refused: str = "", **_values: Any) -> Response:
    newer_one = row.newest > row.template.version
    found: TemplateDifference | None = (
        await desk.known(CompareTemplate(programme_id=row.programme_id)) if newer_one else None
    )
    applied = [one for one in found.differences if one.applied] if found else []
    facts: dict[str, Any] = {
        "row": row, "found": found, "differences": told(found.differences) if found else (),
        "applied": len(applied), "left": len(found.differences) - len(applied) if found else 0,
    }  # fmt: skip
    title = f"A newer version for {row.name}" if newer_one else f"{row.name} runs by the newest version"
    return desk.show("setup/newer", 422 if refused else 200, title=title, refused=refused, **facts)
