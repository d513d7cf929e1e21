"""Check how many are told, then invite to the days that are planned: of one course, or of those of all schools."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import date_from, whole_number
from services.portal.pages.console.courses.course import at_school, declared
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from shared.commands.base import Command
from shared.commands.courses_listed import BrowseCourses, CourseRows
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.sessions import CourseDetail, PublishSessions, ShowCourse
from shared.template import Activity

__all__ = ["publish"]


async def publish(request: Request) -> Response:
    """Show what goes out, and send it. What was planned anew meanwhile is refused."""
    desk = await Desk.sure(request)
    row = await of_path(desk)
    activity = await declared(desk, row)
    school_id = request.query_params.get("school", "")[:100]
    every = not school_id and await _several(desk, row, activity)
    base = f"{HERE}/{row.programme_id}/courses"
    here = f"{base}?course={activity.key}" if every else f"{base}/{activity.key}{at_school(school_id)}"
    look = _all_schools(desk, row, activity) if every else _one(desk, row, activity, school_id)
    title = f"Check and publish: {activity.title}"
    facts: dict[str, Any] = {"row": row, "here": here, "activity": activity, "title": title}
    facts |= await look
    if not facts["dates"]:
        return desk.no_draft(here)

    def command(posted: dict[str, str]) -> Command:
        seen = (date_from(one) for one in posted.get("days", "").split())
        return PublishSessions(
            programme_id=row.programme_id, activity=activity.key, school_id=school_id,
            days=tuple(one for one in seen if one), count=whole_number(posted.get("count", "")) or None,
        )  # fmt: skip

    return await desk.serve(partial(desk.asked, "courses/publish", **facts), command, to=here)


async def _several(desk: Desk, row: ProgrammeRow, activity: Activity) -> bool:
    """Whether schools, or some that train together, have days of their own."""
    listed: CourseRows = await desk.portal.shown(
        BrowseCourses(programme_id=row.programme_id, activity=activity.key, limit=1)
    )
    return any(one.each_school for one in listed.declared if one.activity == activity.key)


async def _one(desk: Desk, row: ProgrammeRow, activity: Activity, school_id: str) -> dict[str, Any]:
    query = ShowCourse(programme_id=row.programme_id, activity=activity.key, school_id=school_id, limit=0)
    found: CourseDetail = await desk.portal.shown(query)
    planned = [one for one in found.sessions if one.state == "planned"]
    names = await desk.names(each for one in planned for each in one.missing)
    return {"found": found, "planned": planned, "names": names, "courses": 1, "dates": len(planned)}


async def _all_schools(desk: Desk, row: ProgrammeRow, activity: Activity) -> dict[str, Any]:
    """How many schools have planned days, and how many these are."""
    query = BrowseCourses(programme_id=row.programme_id, activity=activity.key, limit=500)
    courses, dates, seen, total = 0, 0, 0, 1
    while seen < total:
        found: CourseRows = await desk.portal.shown(query.model_copy(update={"offset": seen}))
        if not found.courses:
            break
        courses += sum(bool(one.planned) for one in found.courses)
        dates += sum(one.planned for one in found.courses)
        seen, total = seen + len(found.courses), found.total
    return {"found": None, "planned": [], "names": {}, "courses": courses, "dates": dates}
