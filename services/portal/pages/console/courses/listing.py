"""The courses of a programme, each with how far it is; days for all schools that have one of their own."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.courses_listed import BrowseCourses, CourseRows
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.sessions import PlanSessions


async def courses(request: Request) -> Response:
    """List them; find days for all schools' courses at once. Nobody is told by it."""
    desk = await Desk.of(request)
    row = await of_path(desk)

    def act(posted: dict[str, str]) -> Command | None:
        what, _, activity = posted.get("do", "").partition(":")
        return PlanSessions(programme_id=row.programme_id, activity=activity[:60]) if what == "find-days" else None

    return await desk.serve(partial(_shown, desk, row), act)


async def _shown(desk: Desk, row: ProgrammeRow, refused: str = "", **_values: Any) -> Response:
    given, page = desk.request.query_params, desk.page_number()
    search, activity = desk.written(), given.get("course", "")[:60]
    query = BrowseCourses(
        programme_id=row.programme_id, activity=activity, search=search, limit=PAGE, offset=(page - 1) * PAGE
    )
    found: CourseRows | None = await desk.known(query)
    if found is None:
        raise Hidden
    facts: dict[str, Any] = {
        "row": row, "found": found, "search": search, "course": activity, "here": f"{HERE}/{row.programme_id}/courses",
        "pages": Pages(page, found.total, kept({"course": activity, "search": search})),
        "each": [one for one in found.declared if one.each_school and activity in {"", one.activity}],
    }  # fmt: skip
    title = f"Courses and meetings of {row.name}"
    return desk.show("courses/listing", 422 if refused else 200, title=title, refused=refused, **facts)
