"""A course from its planning to the records of those who came, by mails, pages and the coordinator's commands."""

import datetime as dt
from itertools import pairwise
from typing import cast

import pytest

from services.reporting.domain.reports.blocks import BlockReport, CertificatePart, TablePart
from shared.commands.programmes import LeaveRole
from shared.commands.reports import CompileReport
from shared.commands.scheduling import AnswerInvitation, CloseSchoolDays
from shared.commands.sessions import (
    CatchUpSessions,
    EndCoursePlace,
    LimitCourse,
    MoveSession,
    RecordSession,
    SessionLine,
    SetSessions,
    TickSessions,
)
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.scheduling_parts import CohortEventMoved, CohortEventScheduled
from tests.unit.courses.leaders import CATCH_UP, COORDINATOR, RECORD, TICK, TRAINER, Leaders, address

HEADS = [address("headteacher", number) for number in range(3)]
TEAM = [address("team-member", number) for number in range(3)]
INVITED = "Please answer: Leading a team"


async def test_days_are_found_on_which_no_school_is_closed(leaders: Leaders) -> None:
    days = [one.on for one in (await leaders.plan()).sessions]
    assert {day.weekday() for day in days} <= {3, 4}
    assert all(after - day >= dt.timedelta(weeks=3) for day, after in pairwise(days))
    assert leaders.came() == [], "nobody is told of what is planned"
    school = next(one.school_id for one in leaders.town.stores.register.schools.values())
    closed = CloseSchoolDays(school_id=school, days=(DateSpan(first=days[1], last=days[1]),))
    await leaders.town.ask(closed)
    shown = (await leaders.shown()).sessions
    assert [len(one.closed) for one in shown] == [0, 1, 0, 0]
    again = [one.on for one in (await leaders.plan()).sessions]
    assert days[1] not in again
    with pytest.raises(Rejected, match="no pupils are taught"):
        await leaders.town.ask(
            SetSessions(programme_id=leaders.programme_id, activity="trainings", days=(*again[:1], days[1], *again[2:]))
        )


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        (["2026-10-08"], "session-count"),
        (["2026-10-08", "2026-10-15", "2027-01-14", "2027-02-11"], "too-near"),
        (["2026-10-08", "2026-10-31", "2027-01-14", "2027-02-11"], "school-closed"),
        (["2026-08-27", "2026-11-05", "2027-01-14", "2027-02-11"], "date-passed"),
    ],
)
async def test_days_that_break_a_rule_are_refused_by_its_name(leaders: Leaders, days: list[str], rule: str) -> None:
    named = tuple(dt.date.fromisoformat(day) for day in days)
    with pytest.raises(Rejected) as refused:
        await leaders.town.ask(SetSessions(programme_id=leaders.programme_id, activity="trainings", days=named))
    assert refused.value.rule == rule


async def test_leaders_are_invited_to_every_day_and_governors_asked_to_tick_them_all(published: Leaders) -> None:
    mails = published.came()
    assert sorted({to for to, subject in mails if subject.startswith(INVITED)}) == sorted([*HEADS, *TEAM])
    assert {subject for _, subject in mails if subject.startswith(INVITED)} == {f"{INVITED}, 4 dates"}
    assert sorted(to for to, subject in mails if TICK in subject) == [address("governor", 1), address("governor", 2)]
    letter = published.who("headteacher", 0).letter(INVITED)
    assert "What is said there stays there" in letter.text
    assert "Welcome: Tess Trainer" in letter.text
    files = [part for part in letter.message.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in files] == ["REQUEST"] * 4
    entries = [str(part.get_content()) for part in files]
    assert len({line for one in entries for line in one.splitlines() if line.startswith("UID:")}) == 4
    days = [row.on for row in (await published.shown()).sessions]
    assert [part.get_filename() for part in files] == [f"{n:02d}-{on}.ics" for n, on in enumerate(days, start=1)]
    assert all(f"{on:%-d %B %Y}" in letter.text for on in days)
    _, page = await published.who("headteacher", 0).open(INVITED, "my-visits")
    assert "Leading a team (4 of 4)" in page.text


async def test_a_governor_ticks_every_date_or_is_refused_and_leaders_come_first(published: Leaders) -> None:
    refused = await published.tick(1, without=[3])
    assert "Every date in full, or no place: tick all 4 dates" in refused.text
    saved = await published.tick(1)
    assert saved.heading == "Your dates are ticked"
    assert (await published.place(address("governor", 1))).state == "taken"
    await published.tick(2)
    assert (await published.place(address("governor", 2))).state == "waiting", "the room takes seven"
    published.came()
    await published.join("team-member", 2, "Bea")
    await published.town.ask(
        LeaveRole(programme_id=published.programme_id, urn=100, role="team-member", leaving=address("team-member", 0))
    )
    await published.town.to(published.town.clock.at + dt.timedelta(minutes=2))
    assert (await published.place("bea@s2.example")).state == "taken", "a leader comes before a governor who waits"
    assert (await published.place(address("governor", 2))).state == "waiting"


async def test_a_larger_room_gives_places_to_who_waits_and_a_smaller_one_takes_none(published: Leaders) -> None:
    await published.tick(1)
    await published.tick(2)
    limit = LimitCourse(programme_id=published.programme_id, activity="trainings", room=8)
    done = await published.town.ask(limit)
    assert done.sentence == "8 have room in “Leading a team”; 8 have a place."
    assert (await published.place(address("governor", 2))).state == "taken"
    await published.town.ask(limit.model_copy(update={"room": 3}))
    assert [one.state for one in (await published.shown()).places] == ["taken"] * 8


async def test_a_decline_ends_the_place_of_who_comes_to_every_date_and_says_by_which_rule(published: Leaders) -> None:
    await published.tick(1)
    published.came()
    governor = published.person_id(address("governor", 1))
    days = published.town.of(CohortEventScheduled)
    third = next(one for one in days if one.title.startswith("Leading a team (3"))
    done = await published.town.ask(
        AnswerInvitation(target_id=third.event_id, target_kind="cohort-event", person_id=governor, answer="declined")
    )
    assert "Every date in full, or no place" in done.sentence
    assert (await published.place(address("governor", 1))).why == "declined"
    await published.gathered()
    subjects = [subject for to, subject in published.came() if to == address("governor", 1)]
    assert sorted(subjects) == ["No longer needed: Leading a team, 4 dates", "Your place has ended: Leading a team"]
    gone = published.who("governor", 1).letter("No longer needed").message
    entries = [str(part.get_payload(decode=True)) for part in gone.walk() if part.get_content_type() == "text/calendar"]
    assert len(entries) == 4
    assert all("METHOD:CANCEL" in one and "STATUS:CANCELLED" in one for one in entries)
    letter = published.who("governor", 1).letter("Your place has ended")
    assert "takes you on every date in full, or not at all. As you cannot come on" in " ".join(letter.text.split())


async def test_dates_are_not_picked_and_a_course_does_not_end_early(published: Leaders) -> None:
    found = await published.shown()
    head = published.person_id(HEADS[0])
    about = {"course_id": found.course_id, "person_id": head}
    with pytest.raises(Rejected) as picking:
        await published.town.ask(TickSessions(**about, numbers=(1, 2)))
    assert picking.value.rule == "no-picking"
    with pytest.raises(Rejected) as early:
        await published.town.ask(EndCoursePlace(**about, by=head))
    assert early.value.rule == "whole-course"
    with pytest.raises(Rejected) as stranger:
        await published.town.ask(EndCoursePlace(**about, by=published.person_id(HEADS[1])))
    assert stranger.value.rule == "not-entitled"
    await published.town.ask(EndCoursePlace(**about, words="moves abroad"))
    assert (await published.place(HEADS[0])).state == "ended"
    assert "moves abroad" not in repr(published.town.published)


async def test_who_misses_a_day_makes_up_for_it_before_the_next(published: Leaders) -> None:
    first, second = [one.on for one in (await published.shown()).sessions][:2]
    await published.tick(1)
    await published.town.day(first, 17)
    await published.town.day(first + dt.timedelta(days=1))
    assert RECORD in published.town.person(TRAINER).letters[-1].subject
    published.came()
    page = await published.record(team_member_0="absent", headteacher_1="part", governor_1="part")
    assert page.heading == "Saved, thank you"
    assert "4 of 7 were there for the whole of it" in page.text
    assert (await published.place(address("governor", 1))).why == "left-early"
    missing = await published.place(TEAM[0])
    assert (missing.missed, missing.came) == ((1,), ())
    asked = sorted(to for to, subject in published.came() if CATCH_UP in subject)
    assert asked == [HEADS[1], TEAM[0]]
    letter = published.who("team-member", 0).letter(CATCH_UP)
    assert f"{second:%-d %B %Y}" in letter.subject, "by the next day of the course"
    browser, page = await published.who("team-member", 0).open(CATCH_UP, "task")
    nothing = await browser.press(page, "caught-up", {}, expect=(422,))
    assert "Tick what you have made up for" in nothing.text
    saved = await browser.press(nothing, "caught-up", {"caught-1": "on"})
    assert saved.heading == "Noted, thank you"
    done = await published.place(TEAM[0])
    assert (done.missed, done.caught_up) == ((), (1,))
    corrected = await published.record(team_member_0="absent", governor_1="part")
    assert corrected.heading == "Saved, thank you"
    assert (await published.place(HEADS[1])).came == (1,), "a list that was wrong is corrected"


async def test_a_record_says_what_was_attended_and_what_was_made_up_for(published: Leaders) -> None:
    town, days = published.town, [one.on for one in (await published.shown()).sessions]
    for number, day in enumerate(days[:2]):
        await town.day(day + dt.timedelta(days=1))
        await published.record(**({"team_member_0": "absent"} if number else {}))
    browser, page = await published.who("team-member", 0).open(CATCH_UP, "task")
    await browser.press(page, "caught-up", {"caught-2": "on"})
    member = published.person_id(TEAM[0])
    await town.ask(CompileReport(programme_id=published.programme_id, report="record", about_id=member))
    await town.settle()
    certificate, attended = cast("tuple[CertificatePart, TablePart]", cast("BlockReport", town.renderer.seen[-1]).parts)
    first, second = (f"{day:%-d %B %Y}" for day in days[:2])
    assert certificate.done == (f"Leading a team, 1 of 2 dates: {first}; made up for {second}",)
    assert [row[2] for row in attended.rows] == ["Yes", "Made up for"]


async def test_who_joins_part_way_gets_what_they_missed(published: Leaders) -> None:
    first = (await published.shown()).sessions[0].on
    await published.town.day(first + dt.timedelta(days=1))
    await published.record()
    published.came()
    await published.join("team-member", 1, "Jo")
    await published.gathered()
    place = await published.place("jo@s1.example")
    assert (place.state, place.missed) == ("taken", (1,))
    subjects = [subject for to, subject in published.came() if to == "jo@s1.example"]
    assert [one for one in subjects if one.startswith(INVITED)] == [f"{INVITED}, 3 dates"]
    assert len([one for one in subjects if CATCH_UP in one]) == 1


async def test_a_day_moves_under_its_uid_and_keeps_its_distance(published: Leaders) -> None:
    found = await published.shown()
    second, third = found.sessions[1], found.sessions[2]
    move = MoveSession(course_id=found.course_id, number=2, on=second.on + dt.timedelta(days=7))
    with pytest.raises(Rejected, match="weeks apart"):
        await published.town.ask(move.model_copy(update={"on": third.on - dt.timedelta(days=1)}))
    published.came()
    await published.town.ask(move.model_copy(update={"on": second.on - dt.timedelta(days=1)}))
    await published.town.settle()
    (moved,) = published.town.of(CohortEventMoved)
    assert (moved.event_id, moved.sequence, moved.on) == (second.event_id, 1, second.on - dt.timedelta(days=1))
    assert sorted(to for to, _ in published.came()) == sorted([*HEADS, *TEAM])


async def test_a_day_that_lies_on_a_closure_by_now_is_asked_about_once(published: Leaders) -> None:
    town, second = published.town, (await published.shown()).sessions[1]
    school = next(one.school_id for one in town.stores.register.schools.values())
    closed = CloseSchoolDays(school_id=school, days=(DateSpan(first=second.on, last=second.on),))
    published.came()
    for _ in range(2):
        await town.ask(closed)
        await town.to(town.clock.at + dt.timedelta(minutes=2))
    asked = [subject for to, subject in published.came() if to == COORDINATOR]
    assert len(asked) == 1
    letter = " ".join(town.person(COORDINATOR).letter(asked[0]).text.split())
    assert "closed by now: School" in letter
    assert "kindred sessions move trainings 2" in letter


async def test_dates_of_a_course_that_may_be_picked(leaders: Leaders) -> None:
    await leaders.plan("clinics")
    found = await leaders.publish("clinics")
    await leaders.town.day("2026-09-02")
    member = leaders.person_id(TEAM[0])
    await leaders.town.ask(TickSessions(course_id=found.course_id, person_id=member, numbers=(1, 3)))
    await leaders.gathered()
    invited = [subject for to, subject in leaders.came() if to == TEAM[0] and subject.startswith("Please answer")]
    assert invited == ["Please answer: Clinics, 2 dates"]
    letter = leaders.who("team-member", 0).letter(invited[0])
    days = [one.on for one in (await leaders.shown("clinics")).sessions]
    assert [f"{on:%-d %B %Y}" in letter.text for on in days] == [True, False, True]
    with pytest.raises(Rejected) as refused:
        await leaders.town.ask(TickSessions(course_id=found.course_id, person_id=member, numbers=()))
    assert refused.value.rule == "nothing-ticked"


async def test_nobody_speaks_for_somebody_else(published: Leaders) -> None:
    found = await published.shown()
    head, other = published.person_id(HEADS[0]), published.person_id(HEADS[1])
    day = found.sessions[0].on
    await published.town.day(day + dt.timedelta(days=1))
    lines = tuple(SessionLine(person_id=one.person_id, was="present") for one in found.places if one.state == "taken")
    asked = (
        (TickSessions(course_id=found.course_id, person_id=published.person_id(TRAINER), numbers=(1,)), "not-invited"),
        (RecordSession(course_id=found.course_id, number=1, by=head, lines=lines), "not-entitled"),
        (RecordSession(course_id=found.course_id, number=1, lines=lines[1:]), "everybody-named"),
        (CatchUpSessions(course_id=found.course_id, person_id=head, numbers=(1,), by=other), "not-entitled"),
        (CatchUpSessions(course_id=found.course_id, person_id=head, numbers=(1,), by=head), "nothing-missed"),
    )
    for command, rule in asked:
        with pytest.raises(Rejected) as refused:
            await published.town.ask(command)
        assert refused.value.rule == rule
