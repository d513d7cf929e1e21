"""Strategy days and sessions on leading: on days on which no school is closed, apart, with who cannot come named."""

import datetime as dt
from itertools import pairwise

import pytest

from shared.commands.scheduling import CloseSchoolDays
from shared.commands.sessions import CourseDetail, PlanSessions, PublishSessions, SessionLine, ShowCourse
from shared.commands.sessions import RecordSession as Record
from shared.events.base import DateSpan
from tests.unit.headteacher_development.heads import LEAD, Heads

ROLL, CATCH_UP = "Say who came: Leading a school", "Catch up: Leading a school"


async def shown(heads: Heads, activity: str) -> CourseDetail:
    found: CourseDetail = await heads.town.find(ShowCourse(programme_id=heads.programme_id, activity=activity))
    return found


async def planned(heads: Heads, activity: str) -> list[dt.date]:
    await heads.town.ask(PlanSessions(programme_id=heads.programme_id, activity=activity))
    return [one.on for one in (await shown(heads, activity)).sessions]


@pytest.mark.timeout(600)
async def test_strategy_days_suit_most_and_keep_off_closed_days_and_each_other() -> None:
    heads = Heads(5)
    await heads.open()
    first = await planned(heads, "strategy-day")
    assert [(day.month in months) for day, months in zip(first, ({11, 12}, {3}, {7}), strict=True)] == [True] * 3
    assert all(after - before >= dt.timedelta(weeks=3) for before, after in pairwise(first))
    school = heads.town.stores.register.schools[1003].school_id
    inset = CloseSchoolDays(school_id=school, days=(DateSpan(first=first[0], last=first[0]),))
    await heads.town.ask(inset)
    second = await planned(heads, "strategy-day")
    assert second[0] != first[0]
    await heads.town.ask(PublishSessions(programme_id=heads.programme_id, activity="strategy-day"))
    await heads.town.to(heads.town.clock.at + dt.timedelta(minutes=5))
    leading = await planned(heads, "leading")
    assert len(leading) == 9
    assert not {*leading}.intersection(second), "nobody has two dates on one day"
    letter = heads.head(0).letter("Strategy day, 3 dates")
    assert "What is said there stays there" in " ".join(letter.text.split())
    assert (await shown(heads, "strategy-day")).sessions[0].missing == ()


@pytest.mark.timeout(600)
async def test_the_lead_says_who_came_and_who_missed_a_session_catches_up() -> None:
    heads = Heads(3)
    await heads.open()
    days = await planned(heads, "leading")
    await heads.town.ask(PublishSessions(programme_id=heads.programme_id, activity="leading"))
    await heads.town.day(days[0] + dt.timedelta(days=4))
    assert heads.town.person(LEAD).letter(ROLL)
    course = await shown(heads, "leading")
    absent = heads.person_id("head@s01.example")
    lines = tuple(
        SessionLine(person_id=one.person_id, was="absent" if one.person_id == absent else "present")
        for one in course.places
    )
    lead = heads.person_id(LEAD)
    await heads.town.ask(Record(course_id=course.course_id, number=1, by=lead, lines=lines))
    await heads.town.settle()
    assert heads.head(1).letter(CATCH_UP)
    assert not [one for one in heads.head(0).letters if CATCH_UP in one.subject]
    after = {one.person_id: one for one in (await shown(heads, "leading")).places}
    assert (after[absent].came, after[absent].missed) == ((), (1,))
    assert after[heads.person_id("head@s00.example")].came == (1,)
