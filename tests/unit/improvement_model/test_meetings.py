"""Heads and the board meet: dated in term time, papers seven days before, minutes that each who was there agrees."""

import datetime as dt

import pytest

from shared.commands.forms import ListEntries
from shared.commands.sessions import CourseDetail, PlanSessions, PublishSessions, RecordSession, SessionLine, ShowCourse
from shared.events.reports import ReportReleased
from tests.unit.improvement_model.trust import Trust, mail

ROLL, MINUTES = "Say who came: The board meets", "Write the minutes: The board meets"
RIGHT = "Say whether the minutes are right: The board meets"


async def shown(trust: Trust, activity: str) -> CourseDetail:
    found: CourseDetail = await trust.town.find(ShowCourse(programme_id=trust.programme_id, activity=activity))
    return found


async def published(trust: Trust, activity: str) -> CourseDetail:
    await trust.ask(PlanSessions, activity=activity)
    await trust.ask(PublishSessions, activity=activity)
    await trust.town.settle()
    return await shown(trust, activity)


@pytest.mark.timeout(600)
async def test_heads_meet_six_times_a_year_and_nobody_is_at_two_meetings() -> None:
    trust = await Trust().open()
    board, heads = await published(trust, "board-meets"), await published(trust, "heads-meet")
    assert [len(one.sessions) for one in (board, heads)] == [3, 6]
    assert not {one.on for one in board.sessions} & {one.on for one in heads.sessions}
    assert len(heads.places) == 11, "Eve leads a school and is an executive headteacher, and has one place"
    assert all(one.missing == () for one in (*board.sessions, *heads.sessions))


@pytest.mark.timeout(600)
async def test_the_board_has_its_paper_seven_days_before_with_who_is_late_and_agrees_its_minutes() -> None:
    trust = await Trust().open()
    first = (await published(trust, "board-meets")).sessions[0].on
    await trust.town.day(first - dt.timedelta(days=8))
    assert trust.town.of(ReportReleased) == []
    await trust.town.day(first - dt.timedelta(days=7))
    stands_out, *_ = trust.parts
    assert stands_out.lines[0].startswith("Review of the term not received from nine schools")
    assert {one.report for one in trust.town.of(ReportReleased)} == {"board-paper"}
    assert any("Paper for the board" in letter.subject for letter in trust.person("Clo").letters)
    await trust.town.day(first + dt.timedelta(days=4))
    assert trust.person("Clo").letter(ROLL)
    board = await shown(trust, "board-meets")
    lines = tuple(SessionLine(person_id=one.person_id, was="present") for one in board.places)
    clerk = next(key for key, one in trust.town.stores.people.kept.items() if one.email == mail("Clo"))
    await trust.town.ask(RecordSession(course_id=board.course_id, number=1, by=clerk, lines=lines))
    await trust.town.settle()
    page = await trust.person("Clo").answer(MINUTES, {"said": "Support School 103"})
    assert "Sent" in page.heading or "sent" in page.text
    await trust.town.settle()
    assert trust.person("Chi").letter(RIGHT)
    found = await trust.town.find(ListEntries(programme_id=trust.programme_id, form="board-meets-minutes"))
    assert found.total == 1
