"""The team around each school: twice a year, eight school weeks apart, with agenda, agreed minutes and actions."""

import datetime as dt

import pytest

from shared.commands.forms import ListEntries
from shared.commands.scheduling import CloseSchoolDays
from shared.commands.sessions import (
    CourseDetail,
    Courses,
    LimitCourse,
    ListCourses,
    MoveSession,
    PlanSessions,
    PublishSessions,
    RecordSession,
    SessionLine,
    SetSessions,
    ShowCourse,
)
from shared.commands.tasks import ListTasks
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.reports import ReportReleased
from tests.unit.improvement_model.trust import HEADS, Trust, mail

KEY = "around-the-school"
WRITE = "Write the minutes: The team around the school"
RIGHT = "Say whether the minutes are right: The team around the school"


async def each(trust: Trust) -> dict[str, CourseDetail]:
    found: Courses = await trust.town.find(ListCourses(programme_id=trust.programme_id))
    return {one.school: one for one in found.courses if one.activity == KEY}


async def shown(trust: Trust, urn: int) -> CourseDetail:
    query = ShowCourse(programme_id=trust.programme_id, activity=KEY, school_id=trust.schools[urn])
    found: CourseDetail = await trust.town.find(query)
    return found


@pytest.fixture
async def planned() -> Trust:
    trust = await Trust().open()
    done = await trust.ask(PlanSessions, activity=KEY)
    assert done.sentence.startswith("Planned at 9 schools, nobody is told yet: 18 days.")
    return trust


def school_weeks(first: dt.date, second: dt.date) -> int:
    """Weeks from one day to the other, without those in which nobody teaches (Sheffield, 2026/27, as generated)."""
    holidays = {dt.date(2026, 10, 26), dt.date(2026, 12, 21), dt.date(2026, 12, 28), dt.date(2027, 2, 15),
                dt.date(2027, 3, 29), dt.date(2027, 4, 5)}  # fmt: skip
    monday, count = first - dt.timedelta(days=first.weekday()), 0
    while monday < second - dt.timedelta(days=second.weekday()):
        monday += dt.timedelta(weeks=1)
        count += monday not in holidays
    return count


async def test_each_school_has_two_dates_eight_school_weeks_apart_and_nobody_is_in_two_places(planned: Trust) -> None:
    found = await each(planned)
    assert len(found) == len(HEADS)
    days = {school: [row.on for row in one.sessions] for school, one in found.items()}
    assert all(school_weeks(first, second) >= 8 for first, second in days.values())
    every = [day for pair in days.values() for day in pair]
    assert len(set(every)) == len(every), "the chief executive is at one school a day"
    assert all(row.missing == () for one in found.values() for row in one.sessions)
    assert [subject for _, subject in planned.came() if "team around" in subject] == []


async def test_dates_are_published_with_agenda_for_everybody_around_the_school_and_a_closed_day_is_refused(
    planned: Trust,
) -> None:
    await planned.ask(PublishSessions, activity=KEY)
    await planned.town.to(planned.town.clock.at + dt.timedelta(minutes=5))
    assert planned.came().count((mail("Chi"), "Please answer: The team around the school, 18 dates")) == 1
    one = await shown(planned, 100)
    people = {place.person_id for place in one.places}
    assert people == {planned.known(name) for name in ("Ann", "Mia", "Exe", "Chi", "Hana")}
    letter = planned.person("Mia").letter("The team around the school, 2 dates")
    assert "What worries us" in " ".join(letter.text.split())
    assert "School 100 (1 of 2)" in letter.text
    with pytest.raises(Rejected) as both:
        await planned.town.find(ShowCourse(programme_id=planned.programme_id, activity=KEY))
    assert both.value.rule == "school-needed"
    day = one.sessions[1].on + dt.timedelta(days=7 if one.sessions[1].on.month < 5 else -7)
    closed = CloseSchoolDays(school_id=planned.schools[100], days=(DateSpan(first=day, last=day),))
    await planned.town.ask(closed)
    with pytest.raises(Rejected, match="School 100"):
        await planned.town.ask(MoveSession(course_id=one.course_id, number=2, on=day))
    near = MoveSession(
        course_id=one.course_id,
        number=2,
        on=one.sessions[0].on + dt.timedelta(weeks=2),
        although=True,
        because="So agreed.",
    )
    with pytest.raises(Rejected, match="less than 8 school weeks"):
        await planned.town.ask(near)


async def test_the_coordinator_may_fix_the_dates_of_one_school(planned: Trust) -> None:
    days = (dt.date(2026, 11, 19), dt.date(2027, 3, 11))
    await planned.ask(SetSessions, activity=KEY, school_id=planned.schools[103], days=days)
    assert tuple(row.on for row in (await shown(planned, 103)).sessions) == days
    with pytest.raises(Rejected) as which:
        await planned.ask(SetSessions, activity=KEY, days=days)
    assert which.value.rule == "school-needed"


async def test_how_many_have_room_is_said_of_a_school_that_has_the_course(planned: Trust) -> None:
    await planned.ask(LimitCourse, activity=KEY, school_id=planned.schools[100], room=9)
    assert (await shown(planned, 100)).capacity == 9
    with pytest.raises(Rejected) as which:
        await planned.ask(LimitCourse, activity=KEY, room=9)
    assert which.value.rule == "school-needed"
    with pytest.raises(Rejected, match="is no course of this school"):
        await planned.ask(LimitCourse, activity=KEY, school_id="sch-elsewhere", room=9)


async def test_minutes_are_agreed_by_who_was_there_and_actions_come_to_their_owners(planned: Trust) -> None:
    town = planned.town
    await planned.ask(PublishSessions, activity=KEY)
    one = await shown(planned, 100)
    await town.day(one.sessions[0].on + dt.timedelta(days=1))
    exe = planned.known("Exe")
    lines = tuple(SessionLine(person_id=place.person_id, was="present") for place in one.places)
    await town.ask(RecordSession(course_id=one.course_id, number=1, by=exe, lines=lines))
    await town.settle()
    (write,) = (await town.find(ListTasks(programme_id=planned.programme_id, task=f"{KEY}-minutes-write"))).tasks
    assert write.person_ids == (exe,)
    due = one.sessions[0].on + dt.timedelta(days=30)
    action = {"what": "Hear every reader weekly", "owner": "headteacher", "due": f"{due}", "success": "All are heard."}
    held = one.sessions[0].event_id
    await planned.send(
        f"{KEY}-minutes", held, "Exe", {"going-well": ({"text": "Reading"},), "worries": ({"text": "Staff"},),
        "actions": (action,)},
    )  # fmt: skip
    agree = (await town.find(ListTasks(programme_id=planned.programme_id, task=f"{KEY}-minutes-agree"))).tasks
    assert {one.person_ids[0] for one in agree} == {planned.known(name) for name in ("Ann", "Mia", "Chi", "Hana")}
    await town.day(one.sessions[0].on + dt.timedelta(days=14))
    found = await town.find(ListEntries(programme_id=planned.programme_id, form=f"{KEY}-minutes"))
    assert [(row.state, row.school_id) for row in found.entries] == [("released", planned.schools[100])]
    follow = (await town.find(ListTasks(programme_id=planned.programme_id, task=f"{KEY}-minutes-action"))).tasks
    assert [one.person_ids for one in follow] == [(planned.known("Ann"),)]
    assert (mail("Bob"), RIGHT) not in planned.came()


async def test_each_school_s_paper_is_with_those_around_it_seven_days_before(planned: Trust) -> None:
    town = planned.town
    await planned.ask(PublishSessions, activity=KEY)
    days = {school: one.sessions[0].on for school, one in (await each(planned)).items()}
    first = min(days.values())
    (school,) = [name for name, day in days.items() if day == first]
    await town.day(first - dt.timedelta(days=8))
    assert town.of(ReportReleased) == []
    await town.day(first - dt.timedelta(days=7))
    released = town.of(ReportReleased)
    assert {(one.report, one.about, one.about_id) for one in released} == {
        ("around-the-school-paper", "school", planned.schools[int(school[-3:])])
    }
    subject = f"Paper for the team around the school, {school}"
    head = HEADS[int(school[-3:]) - 100]
    assert {to for to, what in planned.came() if what == subject} >= {mail("Chi"), mail("Hana"), mail(head)}
