"""`kindred sessions`: what is typed becomes exactly this command, and what is shown."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands import sessions
from shared.commands.base import Command, Query
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import done, run
from tests.unit.kindred.test_dates import ANSWERS as DATES
from tests.unit.kindred.test_overruling import KNOWN

PROGRAMME = KNOWN[queries.ListProgrammes].programmes[0].programme_id
FIRST, SECOND = dt.date(2026, 10, 8), dt.date(2026, 11, 5)


def row(number: int, on: dt.date, state: sessions.SessionState, **more: Any) -> sessions.SessionRow:
    return sessions.SessionRow(number=number, on=on, starts=dt.time(9), ends=dt.time(12), state=state, **more)


COURSE = sessions.CourseDetail(
    course_id="crs-1", programme_id=PROGRAMME, activity="leading", title="Leading a school", days=2,
    sessions=(
        row(1, FIRST, "held", event_id="evt-1", invited=2, present=1),
        row(2, SECOND, "published", event_id="evt-2", invited=2, closed=("Abbey",)),
    ),
    places=(
        sessions.CoursePlaceRow(
            place_id="plc-1", person_id="per-1", who="headteacher", role="headteacher", school="Abbey", state="taken",
            came=(1,),
        ),
        sessions.CoursePlaceRow(
            place_id="plc-2", person_id="per-2", who="governor", role="governor", state="ended", why="missed",
        ),
    ),
)  # fmt: skip
DAY = sessions.SessionDetail(
    course_id="crs-1", programme_id=PROGRAMME, activity="leading", title="Leading a school (2 of 2)", number=2,
    on=SECOND, state="over", leaders=(),
    guests=tuple(sessions.SessionGuest(person_id=f"per-{n}", role="headteacher") for n in (1, 2)),
)  # fmt: skip
COMMANDS = (
    sessions.PlanSessions, sessions.SetSessions, sessions.PublishSessions, sessions.MoveSession, sessions.CancelSession,
    sessions.TickSessions, sessions.RecordSession, sessions.CatchUpSessions, sessions.EndCoursePlace,
    sessions.LimitCourse,
)  # fmt: skip
ANSWERS: dict[type[Command] | type[Query], Any] = {
    **DATES,
    sessions.ListCourses: sessions.Courses(courses=(COURSE,)),
    sessions.ShowCourse: COURSE,
    sessions.ShowSession: DAY,
    **dict.fromkeys(COMMANDS, done()),
}
LINES = ("present", "absent")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("plan leading", sessions.PlanSessions(programme_id=PROGRAMME, activity="leading")),
        (
            "set leading 2026-10-08 2026-11-05 --although --because agreed",
            sessions.SetSessions(
                programme_id=PROGRAMME, activity="leading", days=(FIRST, SECOND), although=True, because="agreed"
            ),
        ),
        ("publish leading", sessions.PublishSessions(programme_id=PROGRAMME, activity="leading")),
        ("move leading 2 2026-10-08", sessions.MoveSession(course_id="crs-1", number=2, on=FIRST)),
        ("room leading 40", sessions.LimitCourse(programme_id=PROGRAMME, activity="leading", room=40)),
        ("cancel leading 2", sessions.CancelSession(course_id="crs-1", number=2)),
        ("tick leading per-1", sessions.TickSessions(course_id="crs-1", person_id="per-1", numbers=(2,))),
        (
            "attendance leading 2 --absent per-2",
            sessions.RecordSession(
                course_id="crs-1",
                number=2,
                lines=tuple(
                    sessions.SessionLine.model_validate({"person_id": f"per-{n}", "was": was})
                    for n, was in enumerate(LINES, start=1)
                ),
            ),
        ),
        ("caught-up leading per-1 1", sessions.CatchUpSessions(course_id="crs-1", person_id="per-1", numbers=(1,))),
        (
            "end-place leading per-1 --why moves",
            sessions.EndCoursePlace(course_id="crs-1", person_id="per-1", words="moves"),
        ),
    ],
)
def test_what_is_typed_is_asked(typed: str, command: Command) -> None:
    client = FakeClient(ANSWERS)
    assert run(client, "sessions", *typed.split()) == 0
    assert client.asked[-1] == command


def test_a_course_is_shown_with_its_dates_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FakeClient(ANSWERS), "sessions", "show", "leading") == 0
    shown = capsys.readouterr().out
    assert "closed: Abbey" in shown
    assert "comes no" in shown
    assert run(FakeClient(ANSWERS), "sessions", "list") == 0
    assert "1 of 2" in capsys.readouterr().out
