"""One course: its days with dates and places, and its people with who ticked, came, missed and waits."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.console.courses.acts import command, days_missing, of_course
from services.portal.pages.console.desk import CHOOSE, Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.console.searched import Search, searched
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.sessions import CourseDetail, ShowCourse
from shared.errors import Rejected
from shared.template import Activity
from shared.template.kinds import SESSION

SEVERAL = "school-needed"
"""The rule by which a course is refused of which there are several: the list shows them."""
STATES: dict[str, str] = {
    "taken": "Comes", "asked": "Is to tick dates", "waiting": "Waits for room", "ended": "Comes no more",
}  # fmt: skip
WHY: dict[str, str] = {
    "left": "has left", "declined": "cannot come to one of every date", "missed": "missed one of every date",
    "left-early": "was there for a part of one of every date", "asked": "as they or the coordinator wished",
    "begun": "the course had begun",
}  # fmt: skip
"""The rule by which a place ended."""
DAYS: dict[str, str] = {
    "planned": "Planned, nobody is told", "published": "Published", "over": "Over: who came?", "held": "Held",
    "cancelled": "Called off",
}  # fmt: skip

SAID: dict[str, str] = {
    "tick": "It is entered for {}. The invitations come by mail, or once there is room.",
    "made-up": "Noted for {}.",
    "end": "The place of {} has ended. They are told, and the days to come are taken out of their calendar.",
}


async def course(request: Request) -> Response:
    """Show a course, and do what is chosen."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    activity = await declared(desk, row)
    school_id = request.query_params.get("school", "")[:100]
    try:
        search = await searched(desk, row.programme_id)
        query = _query(desk, row, activity, search, school_id)
        found: CourseDetail = await desk.find(query)
    except Rejected as several:
        if school_id or several.rule != SEVERAL:
            raise Hidden from several
        return RedirectResponse(f"{HERE}/{row.programme_id}/courses?course={activity.key}", 303)
    if request.method != "POST":
        return await _shown(desk, row, activity, found, search)
    posted = await desk.posted()
    found = await _with_place(desk, query, found, posted)
    try:
        asked = command(found, posted)
        done = await desk.ask(asked, posted.get("once", "")) if asked else None
    except (Rejected, ValueError) as wrong:
        said = wrong.sentence if isinstance(wrong, Rejected) else CHOOSE
        return await _shown(desk, row, activity, found, search, refused=said, values=posted)
    if done is None:
        return await _shown(desk, row, activity, found, search, refused=CHOOSE, values=posted)
    said = await _of_a_place(desk, found, posted) or done.sentence or "Done."
    return desk.done(_back(desk, posted), said)


def _query(desk: Desk, row: ProgrammeRow, activity: Activity, search: Search, school_id: str) -> ShowCourse:
    """The course with the page of its people that the address asks for."""
    state = desk.request.query_params.get("state", "")
    return ShowCourse.model_validate({
        "programme_id": row.programme_id, "activity": activity.key, "school_id": school_id, "limit": PAGE,
        "offset": (desk.page_number() - 1) * PAGE, "place_state": state if state in STATES else None,
        "concerning": search.ids,
    })  # fmt: skip


async def _with_place(desk: Desk, query: ShowCourse, found: CourseDetail, posted: Mapping[str, str]) -> CourseDetail:
    """The course with the place that a form is about, also where it has left the page meanwhile."""
    _, _, which = posted.get("do", "").partition(":")
    if not which.startswith("plc") or any(one.place_id == which for one in found.places):
        return found
    alone = query.model_copy(update={"place_id": which[:100], "place_state": None, "concerning": (), "offset": 0})
    place: CourseDetail = await desk.find(alone)
    return found.model_copy(update={"places": (*found.places, *place.places)})


async def _of_a_place(desk: Desk, found: CourseDetail, posted: Mapping[str, str]) -> str:
    """What was entered for somebody: what services answer is said to themselves."""
    what, _, which = posted.get("do", "").partition(":")
    place = next((one for one in found.places if one.place_id == which), None)
    if place is None or what not in SAID:
        return ""
    return SAID[what].format((await desk.names([place.person_id])).get(place.person_id) or "somebody")


async def declared(desk: Desk, row: ProgrammeRow) -> Activity:
    """The course that the address names; raises Hidden where the template has none."""
    whole = await desk.portal.read.whole.get(row.programme_id)
    found = whole.template.activity(desk.request.path_params["activity"]) if whole else None
    if found is None or found.kind != SESSION:
        raise Hidden
    return found


def at_school(school_id: str) -> str:
    """The query of an address that names a school."""
    return f"?school={school_id}" if school_id else ""


def _back(desk: Desk, posted: Mapping[str, str]) -> str:
    """The page as it was narrowed, at the day that was changed."""
    what, _, which = posted.get("do", "").partition(":")
    here = f"{desk.request.url.path}?{desk.request.url.query}".removesuffix("?")
    return f"{here}#day-{which}" if what in {"move", "cancel", "venue"} and which.isdigit() else here


async def _shown(
    desk: Desk, row: ProgrammeRow, activity: Activity, found: CourseDetail, search: Search, *, refused: str = "",
    values: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    state = desk.request.query_params.get("state", "")
    missing = [each for one in found.sessions for each in one.missing]
    every = await desk.names([*(one.person_id for one in found.places), *found.leaders, *missing])
    whole = await desk.portal.read.whole.get(row.programme_id)
    reports = {one.key: one.title for one in whole.template.reports} if whole else {}
    about = {"school": found.school_id, "state": state if state in STATES else "", "search": search.text}
    pages = Pages(desk.page_number(), found.total, kept(about))
    facts: dict[str, Any] = {
        "row": row, "found": found, "activity": activity, "names": every, "values": values or {}, "states": STATES,
        "why": WHY, "days": DAYS, "undated": days_missing(found), "state": about["state"], "search": search,
        "counts": Counter(found.by_state), "shown": found.places[:PAGE], "pages": pages, "of": of_course(found),
        "here": desk.request.url.path, "at": at_school(found.school_id), "kept": kept,
        "papers": [reports.get(one, one) for one in activity.papers],
        "planned": [one for one in found.sessions if one.state == "planned"],
    }  # fmt: skip
    title = f"{found.title.rstrip('.')}, {found.school}" if found.school else found.title
    return desk.show("courses/course", 422 if refused else 200, title=title, refused=refused, **facts)
