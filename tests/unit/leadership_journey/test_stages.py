"""Inspection, self-view and agreed stage are three things; the agreed one chooses where a school's two years begin."""

import datetime as dt

import pytest

from shared.commands.parties import CategoryRows, DecideCategory, ListCategories
from shared.commands.sessions import (
    CourseDetail,
    CoursePlaceDetail,
    PlanSessions,
    PublishSessions,
    ShowCourse,
    ShowCoursePlace,
)
from shared.commands.tasks import ListTasks
from shared.errors import Rejected
from shared.events.forms import FormSubmitted
from shared.events.parties import SchoolCategorised
from tests.unit.leadership_journey.teams import TRAINER, Teams

BEGINNINGS = ("begin-with-conversations", "begin-with-the-vision", "begin-with-others")


@pytest.fixture
async def teams() -> Teams:
    """Two schools and a trainer, on the day on which their first talks are over."""
    found = await Teams().open(schools=2)
    await found.train(TRAINER)
    await found.town.day("2026-09-21")
    found.came()
    return found


async def agree(teams: Teams, stage: str) -> None:
    """The trainer writes down what was agreed with the first school."""
    answers = {"agreed-stage": stage, "why": "We both think so."}
    await teams.write("call-notes", teams.person_id(TRAINER), answers)


async def owed(teams: Teams, school: int) -> set[str]:
    """Which of the beginnings the school's people owe."""
    found = set()
    for key in BEGINNINGS:
        rows = (await teams.town.find(ListTasks(programme_id=teams.programme_id, task=key))).tasks
        found |= {key for row in rows if row.school_id == f"sch-{100 + school}" and row.state in {"open", "planned"}}
    return found


async def test_the_stage_that_the_trainer_writes_down_chooses_where_the_school_begins(teams: Teams) -> None:
    await agree(teams, "requires-improvement")
    (told,) = teams.town.of(SchoolCategorised)
    (decision,) = told.decisions
    assert (decision.category, decision.decided_by) == ("requires-improvement", teams.person_id(TRAINER))
    await teams.town.day("2026-10-19")
    assert await owed(teams, 0) == {"begin-with-conversations"}
    assert await owed(teams, 1) == set(), "nobody has agreed on a stage with the other school"
    asked = {to for to, subject in teams.came() if subject.startswith("Begin with hard conversations")}
    assert asked == {teams.member(0, number).address for number in range(6)}


async def test_the_trainer_writes_it_down_on_the_page_that_the_mail_leads_to() -> None:
    teams = await Teams().open(schools=1)
    await teams.train(TRAINER)
    await teams.town.day("2026-09-21")
    answers = {"agreed-stage": "good", "why": "Both."}
    sent = await teams.town.person(TRAINER).answer("Write down what you agreed", answers)
    assert sent.heading.endswith("sent, thank you")
    assert "inspection grade" in teams.head(0).letter("Where your two years begin").text
    assert len(teams.town.of(SchoolCategorised)) == 1


async def test_another_stage_is_another_way_and_what_was_decided_stays_with_who_and_why(teams: Teams) -> None:
    await agree(teams, "good")
    await teams.town.day("2026-10-19")
    assert await owed(teams, 0) == {"begin-with-the-vision"}
    await teams.ask(DecideCategory, urn=100, category="outstanding", reason="The team has grown.")
    assert await owed(teams, 0) == {"begin-with-others"}
    rows: CategoryRows = await teams.town.find(ListCategories(programme_id=teams.programme_id))
    assert [(one.category, bool(one.reason)) for one in rows.decisions] == [("outstanding", True), ("good", True)]
    later = dt.date(2026, 11, 2)
    await teams.ask(DecideCategory, urn=100, category="good", reason="We looked again.", since=later)
    assert await owed(teams, 0) == {"begin-with-others"}
    await teams.town.day("2026-11-02")
    assert await owed(teams, 0) == {"begin-with-the-vision"}


async def test_what_the_school_says_of_itself_decides_nothing(teams: Teams) -> None:
    head = teams.person_id(teams.head(0).address)
    await teams.write(
        "first-questions", head,
        {
            "where": "Calm.", "priorities": [{"text": "Reading"}], "to-build": "One.", "preventing": "Time.",
            "help": "Ask.", "self-view": "outstanding",
        },
    )  # fmt: skip
    assert teams.town.of(SchoolCategorised) == []
    await agree(teams, "good")
    said = {one.form: one.answers for one in teams.town.of(FormSubmitted)}
    assert said == {"first-questions": {"self-view": "outstanding"}, "call-notes": {"agreed-stage": "good"}}
    rows: CategoryRows = await teams.town.find(ListCategories(programme_id=teams.programme_id))
    assert [one.category for one in rows.decisions] == ["good"]


async def test_nobody_but_a_trainer_or_the_coordinator_decides(teams: Teams) -> None:
    with pytest.raises(Rejected):
        await teams.write("call-notes", teams.person_id(teams.head(0).address), {"agreed-stage": "good", "why": "Us."})
    with pytest.raises(Rejected, match="not-theirs-to-decide"):
        await teams.ask(DecideCategory, urn=100, category="good", reason="Us.", decided_by=teams.head(0).address)
    assert teams.town.of(SchoolCategorised) == []


async def test_the_agreed_stage_chooses_the_route_through_the_trainings_and_what_reports_say(teams: Teams) -> None:
    await agree(teams, "requires-improvement")
    await teams.ask(PlanSessions, activity="training")
    await teams.ask(PublishSessions, activity="training")
    await teams.town.settle()
    course: CourseDetail = await teams.town.find(ShowCourse(programme_id=teams.programme_id, activity="training"))
    own, other = (
        next(one.place_id for one in course.places if one.school_id == school) for school in ("sch-100", "sch-101")
    )
    first, second, third = "Hard conversations, held well", "A vision that people remember", "Growing excellence"
    assert await themes(teams, own) == [
        *(first, first, second, second), *(f"{third} in the team",) * 2,
        *(first, first, second, second), *(f"{third} in the team",) * 2,
    ]  # fmt: skip
    assert set(await themes(teams, other)) == {""}, "nobody has agreed on a stage with the other school"
    said = (await teams.report("diagnostic-report"))["Where your two years begin"].text
    assert said.startswith("You agreed to begin with hard conversations.")
    said = (await teams.report("diagnostic-report", "sch-101"))["Where your two years begin"].text
    assert said.startswith("You and your trainer have not agreed yet")
    await teams.ask(DecideCategory, urn=100, category="outstanding", reason="The team has grown.")
    assert (await themes(teams, own))[0] == f"{third} in the team"
    said = (await teams.report("diagnostic-report"))["Where your two years begin"].text
    assert said.startswith("You agreed to begin with helping others grow.")


async def themes(teams: Teams, place_id: str) -> list[str]:
    """What each day of the trainings is about for a place."""
    found: CoursePlaceDetail = await teams.town.find(ShowCoursePlace(place_id=place_id))
    return [one.theme for one in found.sessions]
