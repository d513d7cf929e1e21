"""Tasks of a programme: who owes what by when; let somebody off with a reason."""

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.base import Command
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.tasks import ExcuseTask, ListTasks, TaskRows, TaskStanding

STATES: dict[str, str] = {
    "missed": "Missed", "open": "Open", "planned": "To come", "done": "Done", "excused": "Let off",
}  # fmt: skip
WHY = "Say why, in one line: it stays with the task."


async def tasks(request: Request) -> Response:
    """List tasks by state, the earliest due first, and let somebody off."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    return await desk.serve(partial(_shown, desk, row), _command, said="They are let off.", unreadable=WHY)


def _command(posted: Mapping[str, str]) -> Command:
    return ExcuseTask(task_id=posted.get("task", ""), reason=posted.get("reason", "").strip())


async def _shown(desk: Desk, row: ProgrammeRow, refused: str = "", **_values: Any) -> Response:
    page, state = desk.page_number(), state_of(desk.request.query_params.get("state", ""))
    of, search = await desk.portal.read.whole.get(row.programme_id), await searched(desk, row.programme_id)
    kinds = {one.key: one.title or one.key for one in of.template.tasks} if of else {}
    kind = desk.request.query_params.get("kind", "")
    kind = kind if kind in kinds else ""
    query = ListTasks(
        programme_id=row.programme_id, state=state, task=kind, concerning=search.ids, limit=PAGE,
        offset=(page - 1) * PAGE,
    )  # fmt: skip
    found: TaskRows = await desk.find(query)
    ids = {person_id for one in found.tasks for person_id in one.person_ids}
    facts: dict[str, Any] = {
        "row": row, "rows": found.tasks, "state": state, "states": STATES, "names": await desk.placed(sorted(ids)),
        "pages": Pages(page, found.total, kept({"state": state, "kind": kind, "search": search.text})),
        "search": search, "kinds": kinds, "kind": kind,
    }  # fmt: skip
    return desk.show("tasks", 422 if refused else 200, title=f"Tasks of {row.name}", refused=refused, **facts)


def state_of(asked: str) -> TaskStanding:
    """The state that an address names; `open` where it names none."""
    known: tuple[TaskStanding, ...] = get_args(TaskStanding)
    return next((state for state in known if state == asked), "open")
