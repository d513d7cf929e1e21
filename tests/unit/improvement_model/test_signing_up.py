"""Training that people sign up for themselves: first come, first served, with a waiting list."""

import datetime as dt
from typing import Any

import pytest

from kindred.demo.filling import whole
from shared.commands.sessions import (
    CourseDetail,
    EndCoursePlace,
    LimitCourse,
    PlanSessions,
    PublishSessions,
    ShowCourse,
    TickSessions,
)
from shared.commands.tasks import ListTasks
from shared.errors import Rejected
from shared.events.sessions import SessionDayEnded
from tests.unit.improvement_model.trust import Trust, mail

TITLE = "Teaching that every pupil can follow"
OPEN = f"Open to you: {TITLE}"
INVITED = f"You have a place: {TITLE}, 3 dates"


async def shown(trust: Trust) -> CourseDetail:
    found: CourseDetail = await trust.town.find(ShowCourse(programme_id=trust.programme_id, activity="cpd"))
    return found


async def state(trust: Trust, name: str) -> str:
    return next(one.state for one in (await shown(trust)).places if one.person_id == trust.known(name))


async def page_of(trust: Trust, name: str) -> Any:
    browser, page = await trust.person(name).open("to do", "todo")
    links = [link for link in page.links if "/sign-up/" in link]
    return browser, await browser.open(whole(page.url, links[0]))


async def signed_up(trust: Trust, name: str) -> Any:
    browser, page = await page_of(trust, name)
    return await browser.press(page, "tick", {})


async def gathered(trust: Trust) -> None:
    await trust.town.to(trust.town.clock.at + dt.timedelta(minutes=5))


@pytest.fixture
async def open_to_all() -> Trust:
    trust = await Trust().open()
    await trust.ask(PlanSessions, activity="cpd")
    done = await trust.ask(PublishSessions, activity="cpd")
    assert done.sentence == "3 days go into the calendars of 0 people. 10 may sign up."
    await trust.ask(LimitCourse, activity="cpd", room=2)
    await trust.town.day("2026-09-16")
    return trust


async def test_those_to_whom_it_is_open_hear_so_once_by_their_mail_of_the_day(open_to_all: Trust) -> None:
    trust = open_to_all
    told = [to for to, subject in trust.came() if subject == OPEN]
    places = (await shown(trust)).places
    assert len(told) == len(set(told)) == len(places) == 10
    letter = trust.person("Ann").letter(OPEN)
    assert "from Thursday 5 November 2026" in " ".join(letter.text.split())
    browser, page = await trust.person("Ann").open(OPEN, "todo")
    link = next(link for link in page.links if "/sign-up/" in link)
    assert "2 places are free" in (await browser.open(whole(page.url, link))).text
    await trust.town.day("2026-09-18")
    assert [to for to, subject in trust.came() if subject == OPEN] == []


async def test_nobody_is_asked_and_who_signs_up_gets_the_dates(open_to_all: Trust) -> None:
    trust = open_to_all
    trust.came()
    asked = await trust.town.find(ListTasks(programme_id=trust.programme_id, task="cpd-tick"))
    assert asked.total == 0
    _, page = await page_of(trust, "Ann")
    assert "2 places are free" in page.text
    saved = await signed_up(trust, "Ann")
    assert saved.heading == "You are on the list"
    assert "You have a place: 3 dates." in saved.text
    await gathered(trust)
    assert trust.came() == [(mail("Ann"), INVITED)]


async def test_a_full_room_has_a_waiting_list_in_the_order_of_signing_up(open_to_all: Trust) -> None:
    trust = open_to_all
    for name in ("Cat", "Ann"):
        await signed_up(trust, name)
    await gathered(trust)
    trust.came()
    _, page = await page_of(trust, "Dan")
    assert "The room is full" in page.text
    saved = await signed_up(trust, "Dan")
    assert "as soon as a place is free" in saved.text
    saved = await signed_up(trust, "Bob")
    assert "1 person waits before you" in saved.text
    await gathered(trust)
    assert trust.came() == []
    browser, page = await page_of(trust, "Ann")
    left = await browser.press(page, "leave", {})
    assert left.heading == "You have left the list"
    await gathered(trust)
    assert (await state(trust, "Dan"), await state(trust, "Bob")) == ("taken", "waiting")
    assert (mail("Dan"), INVITED) in trust.came()
    again = await signed_up(trust, "Ann")
    assert "2 people wait" not in again.text
    assert await state(trust, "Ann") == "waiting"


async def test_who_has_not_signed_up_cannot_leave_and_nobody_leaves_for_somebody_else(open_to_all: Trust) -> None:
    trust, course = open_to_all, await shown(open_to_all)
    ann, bob = trust.known("Ann"), trust.known("Bob")
    with pytest.raises(Rejected) as never:
        await trust.town.ask(EndCoursePlace(course_id=course.course_id, person_id=ann, by=ann))
    assert never.value.rule == "not-invited"
    await trust.town.ask(TickSessions(course_id=course.course_id, person_id=ann, numbers=(1, 2, 3)))
    with pytest.raises(Rejected) as other:
        await trust.town.ask(EndCoursePlace(course_id=course.course_id, person_id=ann, by=bob))
    assert other.value.rule == "not-entitled"
    with pytest.raises(Rejected) as stranger:
        await trust.town.ask(TickSessions(course_id=course.course_id, person_id=trust.known("Clo"), numbers=(1, 2, 3)))
    assert stranger.value.rule == "not-invited"


async def test_after_a_day_for_which_nobody_has_signed_up_nobody_is_asked_who_came(open_to_all: Trust) -> None:
    trust = open_to_all
    course = await shown(trust)
    await trust.town.day(course.sessions[0].on + dt.timedelta(days=1))
    assert not [one for one in trust.town.of(SessionDayEnded) if one.activity == "cpd"]
    await signed_up(trust, "Ann")
    await trust.town.day(course.sessions[1].on + dt.timedelta(days=1))
    assert [one.on for one in trust.town.of(SessionDayEnded) if one.activity == "cpd"] == [course.sessions[1].on]
