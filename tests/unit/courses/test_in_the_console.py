"""A course in the console, as a coordinator runs it who never opens a terminal, and as a clumsy one does."""

import datetime as dt
import re

import pytest

from shared.commands.sessions import CourseDetail, ShowCourse
from tests.unit.courses.leaders import COORDINATOR, RECORD, TRAINER, Leaders, address
from tests.unit.portal.bad_input.desks import Desk, desk
from tests.unit.portal.bad_input.desks import said as words


def said(page):
    return re.sub(r" (?=[,:.;])", "", words(page))


@pytest.fixture
async def at(leaders: Leaders) -> Desk:
    return await desk(leaders.town, "Cora Coe", COORDINATOR)


def here(leaders: Leaders, path="") -> str:
    return f"/console/programmes/{leaders.programme_id}/courses{path}"


async def day_after(leaders: Leaders, number: int) -> None:
    """The day after a date of the course, when it can be said who came."""
    (on,) = [one.on for one in (await leaders.shown()).sessions if one.number == number]
    await leaders.town.day((on + dt.timedelta(days=1)).isoformat())


async def place_of(leaders: Leaders, role: str, number: int):
    return await leaders.place(address(role, number))


async def test_from_no_dates_to_invitations(leaders: Leaders, at: Desk):
    page = await at.look(here(leaders))
    assert "no dates yet" in said(page)
    page = await at.press(await at.look(here(leaders, "/trainings")), {"do": "find-days"})
    assert "Check and publish 4 days" in said(page)
    leaders.came()
    check = await at.look(here(leaders, "/trainings/publish"))
    assert "8 people: about 8 mails" in said(check)
    assert "for 7; 1 of those named wait" in said(check)
    page = await at.press(check, {"do": "publish"})
    assert "4 days go into the calendars of" in said(page)
    await leaders.gathered()
    assert leaders.came() != []
    again = await at.press(check, {"do": "publish"})
    assert "There is no draft to publish." in said(again)
    assert leaders.came() == []
    dates = said(await at.look(f"/console/programmes/{leaders.programme_id}/dates"))
    assert "Leading a team (1 of 4)" in dates
    assert "Published" in dates


async def test_what_another_coordinator_has_planned_anew_is_not_published_unseen(leaders: Leaders, at: Desk):
    await at.press(await at.look(here(leaders, "/trainings")), {"do": "find-days"})
    check = await at.look(here(leaders, "/trainings/publish"))
    other = await desk(leaders.town, "Colin", "colin@trust.example")
    days = {"day-1": "2026-10-06", "day-2": "2026-11-10", "day-3": "2027-01-12", "day-4": "2027-03-02"}
    page = await other.press(await other.look(here(leaders, "/trainings")), {"do": "set", **days})
    assert "Planned, nobody is told yet" in said(page)
    leaders.came()
    page = await at.press(check, {"do": "publish"})
    assert (page.status_code, "Other days have been planned since you looked" in said(page)) == (422, True)
    assert "Tuesday 6 October 2026" in said(page)
    assert leaders.came() == []


async def test_a_day_is_moved_once_and_a_stale_page_moves_nothing(published: Leaders, at: Desk):
    page = await at.look(here(published, "/trainings"))
    first = (await published.shown()).sessions[0]
    move = (
        {"do": "move:1", "on": "2026-10-08"}
        if first.on != dt.date(2026, 10, 8)
        else {"do": "move:1", "on": "2026-10-09"}
    )
    moved = await at.press(page, move)
    assert "Leading a team (1 of 4) is on" in said(moved)
    stale = await at.press(page, {"do": "move:1", "on": "2026-10-12"})
    assert (stale.status_code, "since you opened this page" in said(stale)) == (422, True)
    stale = await at.press(page, {"do": "cancel:1"})
    assert stale.status_code == 422
    assert (await published.shown()).sessions[0].on.isoformat() == move["on"]
    wrong = await at.press(moved, {"do": "move:1", "on": "next week"})
    assert "Write each day as 2027-01-04." in said(wrong)
    sunday = await at.press(moved, {"do": "move:1", "on": "2026-10-11"})
    assert "no pupils are taught" in said(sunday)
    assert "--although" not in said(sunday)


async def test_who_came_is_entered_and_the_rule_ends_a_place(published: Leaders, at: Desk):
    await published.tick(1)
    await published.tick(2)
    early = await at.look(here(published, "/trainings/1"))
    assert "It can be said from" in said(early)
    await day_after(published, 1)
    at = await desk(published.town, "Late", "late@trust.example")
    page = await at.look(here(published, "/trainings/1"))
    none = await at.press(page, {"do": "save"})
    assert (none.status_code, "Nobody is entered yet." in said(none)) == (422, True)
    missing = published.person_id(address("team-member", 0))
    governor = published.person_id(address("governor", 1))
    page = await at.press(
        page, {"do": "save", "others": "present", f"came-{missing}": "absent", f"came-{governor}": "part"}
    )
    assert page.status_code == 200
    seen = said(page)
    assert "Held" in seen
    assert "Comes no more governor; was there for a part of one of every date" in seen
    assert "To make up for 1." in seen
    member = await place_of(published, "team-member", 0)
    page = await at.press(page, {"do": f"made-up:{member.place_id}", "made-up-1": "yes"})
    assert "Noted for Team-Member 0." in said(page)
    assert (await place_of(published, "team-member", 0)).caught_up == (1,)


async def test_a_place_is_ticked_for_somebody_and_ended_with_a_reason_no_mail_says(published: Leaders, at: Desk):
    governor = await place_of(published, "governor", 1)
    page = await at.press(await at.look(here(published, "/trainings")), {"do": f"tick:{governor.place_id}"})
    assert "It is entered for Governor 1." in said(page)
    assert (await place_of(published, "governor", 1)).state == "taken"
    await published.gathered()
    published.came()
    page = await at.press(page, {"do": f"end:{governor.place_id}", "words": "Moved to \U0001f393 \u05e2\u05d3\u05d4"})
    assert "The place of Governor 1 has ended." in said(page)
    await published.gathered()
    assert "governor@s1.example" in {to for to, _ in published.came()}
    ended = said(await at.look(here(published, "/trainings?state=ended")))
    assert "as they or the coordinator wished" in ended


async def test_room_is_limited_by_a_number(published: Leaders, at: Desk):
    page = await at.look(here(published, "/trainings"))
    wrong = await at.press(page, {"do": "room", "room": "all"})
    assert "Write how many have room as a number" in said(wrong)
    page = await at.press(page, {"do": "room", "room": "9"})
    assert "9 have room in" in said(page)


async def test_what_is_no_course_is_not_there(leaders: Leaders, at: Desk):
    for path in ("/nothing", "/nothing/publish", "/trainings/99", "/trainings/x"):
        assert (await at.look(here(leaders, path))).status_code == 404, path
    assert (await at.look(here(leaders, "/trainings?school=sch-x"))).status_code == 404


async def test_of_many_only_those_are_named_who_were_not_there(published: Leaders, monkeypatch):
    monkeypatch.setattr("services.portal.pages.console.courses.roll.MANY", 3)
    monkeypatch.setattr("services.portal.pages.courses.roll.MANY", 3)
    await published.tick(1)
    await day_after(published, 1)
    at = await desk(published.town, "Late", "late@trust.example")
    place = here(published, "/trainings/1")
    page = await at.look(place)
    assert "name only those who were not there for all of it" in said(page)
    assert "came-" not in page.text
    refused = await at.press(page, {"do": "save", "absent": "Nobody Atall"})
    assert "Nobody who was invited is called" in said(refused)
    assert "Nobody Atall" in refused.text
    name = next(one.name for one in published.town.stores.people.kept.values() if one.email == address("governor", 1))
    await at.press(page, {"do": "save", "absent": name})
    was = {one.person_id for one in (await published.shown()).places if 1 in one.came}
    assert published.person_id(address("governor", 1)) not in was
    assert published.person_id(address("headteacher", 1)) in was
    assert name in (await at.look(place)).text.split("</textarea>")[0]
    browser, mailed = await published.town.person(TRAINER).open(RECORD, "task")
    saved = await browser.press(mailed, "save", {"absent": name, "part": ""}, expect=(200,))
    assert "were there for the whole of it" in saved.text


async def test_people_of_a_course_come_by_the_page_and_are_found(published: Leaders, at: Desk):
    asked = {"programme_id": published.programme_id, "activity": "trainings"}
    every: CourseDetail = await published.town.find(ShowCourse(**asked))
    first: CourseDetail = await published.town.find(ShowCourse(**asked, limit=2))
    rest: CourseDetail = await published.town.find(ShowCourse(**asked, offset=2))
    assert (*first.places, *rest.places) == every.places
    assert (len(first.places), first.total, sum(first.by_state.values())) == (2, every.total, every.total)
    one = every.places[-1]
    for narrowed in ({"place_id": one.place_id}, {"concerning": (one.person_id,)}):
        found: CourseDetail = await published.town.find(ShowCourse(**asked, **narrowed))
        assert found.places == (one,)
    none: CourseDetail = await published.town.find(ShowCourse(**asked, limit=0))
    assert (none.places, none.sessions) == ((), every.sessions)
