"""Two days of training a term over two years, taken as a whole; a governor ticks every date, a new team catches up."""

import datetime as dt
from itertools import pairwise

import pytest

from shared.commands.parties import NamePartyPerson
from shared.commands.programmes import AddPerson, PersonDetails
from shared.commands.sessions import (
    CourseDetail,
    PlanSessions,
    PublishSessions,
    RecordSession,
    SessionLine,
    ShowCourse,
    TickSessions,
)
from shared.errors import Rejected
from tests.unit.leadership_journey.teams import TRAINER, Teams

GOVERNOR = "gov@s0.example"
CATCH_UP, TICK = "Catch up: Leading together", "Tick the dates: Leading together"


async def shown(teams: Teams) -> CourseDetail:
    found: CourseDetail = await teams.town.find(ShowCourse(programme_id=teams.programme_id, activity="training"))
    return found


async def published(teams: Teams) -> CourseDetail:
    trainer = PersonDetails(role="trainer", name="Tom Trainer", email=TRAINER)
    await teams.ask(NamePartyPerson, person=trainer)
    governor = PersonDetails(role="governor", name="Gov", email=GOVERNOR)
    await teams.ask(AddPerson, urn=100, person=governor)
    await teams.ask(PlanSessions, activity="training")
    await teams.ask(PublishSessions, activity="training")
    await teams.town.settle()
    return await shown(teams)


@pytest.mark.timeout(600)
async def test_twelve_days_over_two_years_and_a_governor_ticks_them_all() -> None:
    teams = await Teams().open(schools=1, team=3)
    course = await published(teams)
    days = [one.on for one in course.sessions]
    assert len(days) == 12
    assert [day.year for day in days] == [2026] * 2 + [2027] * 6 + [2028] * 4
    assert all(after - before >= dt.timedelta(weeks=3) for before, after in pairwise(days))
    await teams.town.day("2026-09-01")
    assert teams.town.person(GOVERNOR).letter(TICK)
    about = {"course_id": course.course_id, "person_id": teams.person_id(GOVERNOR)}
    with pytest.raises(Rejected, match="tick all 12 dates"):
        await teams.town.ask(TickSessions(**about, numbers=tuple(range(1, 12))))
    await teams.town.ask(TickSessions(**about, numbers=tuple(range(1, 13))))
    places = {one.role: one.state for one in (await shown(teams)).places}
    assert places == {"headteacher": "taken", "team-member": "taken", "governor": "taken"}


@pytest.mark.timeout(600)
async def test_a_new_member_of_the_team_catches_up_on_what_was_before() -> None:
    teams = await Teams().open(schools=1, team=2)
    course = await published(teams)
    await teams.town.day(course.sessions[0].on + dt.timedelta(days=1))
    lines = tuple(SessionLine(person_id=one.person_id, was="present") for one in course.places if one.state == "taken")
    trainer = teams.person_id(TRAINER)
    await teams.town.ask(RecordSession(course_id=course.course_id, number=1, by=trainer, lines=lines))
    await teams.replaced(0, 1)
    await teams.town.to(teams.town.clock.at + dt.timedelta(minutes=2))
    new = teams.person_id("next1@s0.example")
    place = next(one for one in (await shown(teams)).places if one.person_id == new)
    assert (place.state, place.missed) == ("taken", (1,))
    assert teams.town.person("next1@s0.example").letter(CATCH_UP)
