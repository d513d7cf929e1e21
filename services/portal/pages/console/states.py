"""Where a programme stands: open a draft, reopen enrolment, let it stand still, go on, end it, put it away."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from shared.commands.base import Command
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programme_states import (
    ArchiveProgramme,
    CompleteProgramme,
    PostponeProgramme,
    RecruitProgramme,
    ResumeProgramme,
)
from shared.commands.programmes import ReopenEnrolment
from shared.commands.programmes_queries import ProgrammeRow
from shared.errors import Rejected

CHOICES: dict[str, tuple[str, ...]] = {
    "draft": ("recruit", "archive"),
    "recruiting": ("postpone",),
    "running": ("reopen", "postpone", "complete"),
    "postponed": ("resume", "complete"),
    "completed": ("archive",),
    "archived": (),
}
"""How a programme stands -> what can be done about that; enrolment is closed on a page of its own."""
DAY = "Write the day as 2027-09-01."


async def state(request: Request) -> Response:
    """Say what each choice leads to and whom it tells; do what is chosen."""
    desk = await Desk.sure(request)
    row = await of_path(desk)
    to = f"{HERE}/{row.programme_id}"
    return await desk.serve(partial(_shown, desk, row), partial(_command, row), to=to, unreadable=DAY)


def _command(row: ProgrammeRow, posted: Mapping[str, str]) -> Command:
    """Return the command; raises ValueError where a day is none, Rejected where the step is none of now."""
    if posted.get("do") not in CHOICES.get(row.stands, ()):
        raise Rejected("which-step", "Choose what to do. The programme may have changed meanwhile.")
    about, until = row.programme_id, posted.get("until", "").strip()
    match posted["do"]:
        case "recruit":
            return RecruitProgramme(programme_id=about)
        case "reopen":
            return ReopenEnrolment(programme_id=about, until=dt.date.fromisoformat(until))
        case "postpone":
            day, reason = dt.date.fromisoformat(until) if until else None, posted.get("reason", "").strip()
            return PostponeProgramme(programme_id=about, until=day, reason=reason)
        case "resume":
            return ResumeProgramme(programme_id=about)
        case "complete":
            return CompleteProgramme(programme_id=about)
        case _:
            return ArchiveProgramme(programme_id=about)


async def _shown(desk: Desk, row: ProgrammeRow, refused: str = "", values: Mapping[str, str] | None = None) -> Response:
    people: FoundPeople = await desk.find(FindPeople(programme_id=row.programme_id, limit=1))
    facts: dict[str, Any] = {
        "row": row, "choices": CHOICES.get(row.stands, ()), "people": people.total, "values": values or {},
    }  # fmt: skip
    return desk.show("state", 422 if refused else 200, title=f"Where {row.name} stands", refused=refused, **facts)
