"""Who came to a day of a course: the coordinator enters it for everybody who was invited, or corrects it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.pages.console.courses.course import declared
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.courses.many import MANY, NAMED, Guest, lines_of, named_before
from services.portal.pages.courses.roll import CAME, OPTIONS
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.sessions import (
    CourseDetail,
    RecordSession,
    SessionDetail,
    SessionLine,
    ShowCourse,
    ShowSession,
    Was,
)
from shared.errors import Rejected


async def roll(request: Request) -> Response:
    """Show everybody who was invited, and keep who was there."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    activity = await declared(desk, row)
    school_id = request.query_params.get("school", "")[:100]
    course: CourseDetail = await desk.portal.shown(
        ShowCourse(programme_id=row.programme_id, activity=activity.key, school_id=school_id, limit=0)
    )
    number = whole_number(request.path_params["number"])
    day = next((one for one in course.sessions if one.number == number and one.event_id), None)
    if day is None:
        raise Hidden
    found: SessionDetail = await desk.portal.shown(ShowSession(event_id=day.event_id))
    at = f"?school={school_id}" if school_id else ""
    back = f"{HERE}/{row.programme_id}/courses/{activity.key}{at}"
    names = await desk.names(one.person_id for one in found.guests)
    many = [Guest(one.person_id, names.get(one.person_id) or one.role, one.school) for one in found.guests]
    many = sorted(many, key=lambda one: (one.school, one.name)) if len(many) > MANY else []
    act = partial(_all_but, found, many) if many else partial(_command, found)
    shown = partial(_shown, desk, row, found, back, names=names, many=many)
    return await desk.serve(shown, act, to=f"{back}#day-{number}", said="Who came is saved.")


def _all_but(found: SessionDetail, guests: Sequence[Guest], posted: Mapping[str, str]) -> Command:
    return RecordSession(course_id=found.course_id, number=found.number, lines=lines_of(guests, posted))


def _command(found: SessionDetail, posted: Mapping[str, str]) -> Command:
    """A line for each person; raises Rejected where nothing is said of somebody: nobody is counted by default."""
    known: tuple[Was, ...] = get_args(Was)
    lines, open_ = [], 0
    for guest in found.guests:
        said = posted.get(f"{CAME}{guest.person_id}") or posted.get("others", "")
        was = next((one for one in known if one == said), None)
        if was is None:
            open_ += 1
        else:
            lines.append(SessionLine(person_id=guest.person_id, was=was))
    if open_ or not lines:
        said = f"{open_} of {len(found.guests)} people are still open." if lines else "Nobody is entered yet."
        raise Rejected("who-came", f"{said} Say of each whether they were there, or say it of all others at the top.")
    return RecordSession(course_id=found.course_id, number=found.number, lines=tuple(lines))


async def _shown(
    desk: Desk, row: ProgrammeRow, found: SessionDetail, back: str, *, names: Mapping[str, str],
    many: Sequence[Guest], refused: str = "", values: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    guests = sorted(found.guests, key=lambda one: (one.school, names.get(one.person_id, "")))
    start: dict[str, str] = {f"{CAME}{one.person_id}": one.was for one in guests if one.was}
    start |= named_before(many, {one.person_id: one.was for one in guests})
    facts: dict[str, Any] = {
        "row": row, "found": found, "guests": guests, "names": names, "options": OPTIONS, "back": back, "came": CAME,
        "values": start if values is None else values, "strict": any(one.every_date for one in guests),
        "many": many, "questions": NAMED,
    }  # fmt: skip
    return desk.show(
        "courses/roll", 422 if refused else 200, title=f"Who came? {found.title}", refused=refused, **facts
    )
