"""Actions of a programme: how they stand, and another owner, day or state for one."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.actions.page import UNREADABLE
from services.portal.pages.actions.rows import RATINGS, change_of, lines_of, rating_of
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.actions import ActionRows, ListActions
from shared.commands.programmes_queries import ProgrammeRow
from shared.template.answers import ACTION_STATUS


async def actions(request: Request) -> Response:
    """List actions by how they stand, the earliest due first, and change one."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    me = desk.here.account.person_id
    return await desk.serve(partial(_shown, desk, row), lambda posted: change_of(posted, me), unreadable=UNREADABLE)


async def _shown(desk: Desk, row: ProgrammeRow, refused: str = "", **_values: Any) -> Response:
    number, rating = desk.page_number(), rating_of(desk.request.query_params.get("how", ""))
    search = await searched(desk, row.programme_id)
    query = ListActions(
        programme_id=row.programme_id, person_id=desk.here.account.person_id, rating=rating, concerning=search.ids,
        limit=PAGE, offset=(number - 1) * PAGE,
    )  # fmt: skip
    found: ActionRows = await desk.find(query)
    return desk.show(
        "actions", 422 if refused else 200, title=f"Actions of {row.name}", refused=refused, row=row, found=found,
        lines=await lines_of(desk.portal, found), ratings=RATINGS, rating=rating, mine="", action_states=ACTION_STATUS,
        pages=Pages(number, found.total, kept({"how": rating or "", "search": search.text})), search=search,
        found_by=kept({"search": search.text}),
    )  # fmt: skip
