"""Quality visits, learning walks and visits of the consultant: in calendars some weeks before, moved and called off."""

import datetime as dt
import re

import pytest

from shared.commands.duties import CancelDutyDay, ListDuties, MoveDutyDay
from shared.commands.inspections import NoteInspection
from shared.commands.parties import DecideCategory
from shared.commands.programme_states import PostponeProgramme, ResumeProgramme
from shared.commands.programmes import WithdrawSchool
from shared.commands.scheduling import AnswerInvitation, CancelCohortEvent
from shared.commands.sessions import PlanSessions, PublishSessions
from shared.errors import Rejected
from shared.events.scheduling_parts import CohortEventCancelled, CohortEventHeld, CohortEventMoved, CohortEventScheduled
from tests.unit.improvement_model.trust import HEADS, WEEK, Trust, mail
from tests.unit.portal.bad_input.desks import desk, said

WALK = "learning-walk"
SIX_WEEKS = 6 * WEEK


@pytest.fixture
async def trust() -> Trust:
    return await Trust().open()


def walks(trust: Trust) -> dict[str, CohortEventScheduled]:
    """School -> the invitation to its first learning walk."""
    every = [one for one in trust.town.of(CohortEventScheduled) if one.activity == WALK]
    return {one.place: one for one in reversed(every)}


async def invited(trust: Trust) -> CohortEventScheduled:
    """The first learning walk at School 100, once people are invited to it."""
    await trust.town.day("2026-10-17")
    return walks(trust)["School 100"]


def methods(trust: Trust, name: str) -> list[str]:
    """Of each calendar entry in somebody's mails: what it does."""
    parts = (part for letter in trust.person(name).letters for part in letter.message.walk())
    return [str(one.get_param("method")).upper() for one in parts if one.get_content_type() == "text/calendar"]


async def test_people_are_invited_six_weeks_before_and_nobody_sooner(trust: Trust) -> None:
    days = {one.school: one.following for one in await trust.duties(WALK)}
    assert len(set(days.values())) == len(HEADS), "the chief executive is at one school a day"
    first = days["School 100"]
    assert first
    await trust.town.day(first - SIX_WEEKS - WEEK)
    assert "School 100" not in walks(trust)
    await trust.town.day(first - SIX_WEEKS + WEEK)
    event = walks(trust)["School 100"]
    assert (event.on, event.starts, event.ends, event.place) == (first, dt.time(9, 30), dt.time(11), "School 100")
    assert {one.person_id for one in event.attendees} == {trust.known("Chi"), trust.known("Ann")}
    assert {one.role for one in event.attendees} == {"chief-executive", "headteacher"}
    assert event.school_id == trust.schools[100]
    letter = trust.person("Ann").letter("Learning walk, School 100")
    text = " ".join(letter.text.split())
    assert "No lesson is graded" in text
    assert "Learning walk, School 100. With Chi" in text
    assert methods(trust, "Ann") == ["REQUEST"]
    assert (mail("Bob"), "Please answer: Learning walk, School 100") not in trust.came()


async def test_who_declines_gets_another_day_and_everybody_the_update_under_the_same_uid(trust: Trust) -> None:
    event, town = await invited(trust), trust.town
    what = {"target_id": event.event_id, "target_kind": "cohort-event"}
    done = await town.ask(AnswerInvitation(**what, person_id=trust.known("Ann"), answer="declined"))
    assert "Another day is looked for" in done.sentence
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    (moved,) = town.of(CohortEventMoved)
    assert (moved.event_id, moved.moved_from, moved.sequence) == (event.event_id, event.on, event.sequence + 1)
    assert moved.on >= dt.date(2026, 10, 17) + 2 * WEEK, "nobody hears of a visit at a few days' notice"
    (duty,) = [one for one in await trust.duties(WALK) if one.school == "School 100"]
    assert duty.following == moved.on
    assert [one.on for one in duty.moved if one.on == moved.on] == [moved.on]
    assert "REQUEST" in methods(trust, "Ann")
    letter = trust.person("Ann").letter("Learning walk, School 100")
    assert "needed elsewhere" in " ".join(letter.text.split())


async def test_no_visit_falls_on_a_day_that_something_else_has_taken_since(trust: Trust) -> None:
    await trust.ask(PlanSessions, activity="around-the-school")
    await trust.ask(PublishSessions, activity="around-the-school")
    await trust.town.day("2026-12-05")
    taken = {
        (person.person_id, one.on)
        for one in trust.town.of(CohortEventScheduled)
        if one.activity == "around-the-school"
        for person in one.attendees
    }
    visits = [one for one in trust.town.of(CohortEventScheduled) if one.activity != "around-the-school"]
    moved = {one.event_id: one.on for one in trust.town.of(CohortEventMoved)}
    days = [(person.person_id, moved.get(one.event_id, one.on)) for one in visits for person in one.attendees]
    assert len(visits) >= len(HEADS)
    assert not taken & set(days)
    assert len(days) == len(set(days)), "nobody has two visits on one day"


async def test_an_inspection_moves_the_visit_out_of_its_week_and_the_mail_does_not_say_why(trust: Trust) -> None:
    event, town = await invited(trust), trust.town
    monday = event.on - dt.timedelta(days=event.on.weekday())
    await town.ask(NoteInspection(school_id=trust.schools[100], first=monday, last=monday + dt.timedelta(days=1)))
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    (moved,) = [one for one in town.of(CohortEventMoved) if one.event_id == event.event_id]
    assert not monday <= moved.on < monday + WEEK
    text = " ".join(trust.person("Ann").letter("Learning walk, School 100").text.split())
    assert "A school is needed elsewhere on the earlier date." in text
    assert "inspect" not in text.casefold()


async def test_the_coordinator_moves_a_visit_within_its_period_and_nowhere_else(trust: Trust) -> None:
    event, town = await invited(trust), trust.town
    move = {"activity": WALK, "school_id": trust.schools[100], "day": event.on}
    with pytest.raises(Rejected, match="It is due until"):
        await trust.ask(MoveDutyDay, **move, on=dt.date(2027, 3, 3))
    with pytest.raises(Rejected, match="the school is closed or does not teach"):
        await trust.ask(MoveDutyDay, **move, on=dt.date(2026, 10, 28))
    with pytest.raises(Rejected, match="has no day to come"):
        await trust.ask(MoveDutyDay, **{**move, "day": dt.date(2026, 11, 2)}, on=dt.date(2026, 11, 3))
    with pytest.raises(Rejected, match="is no duty with hours; the template has: quality-visit, outside-view"):
        await trust.ask(MoveDutyDay, **{**move, "activity": "break-duty"}, on=dt.date(2026, 11, 3))
    others = {one.on for one in walks(trust).values()}
    free = next(day for day in (dt.date(2026, 11, 23) + dt.timedelta(days=n) for n in range(5)) if day not in others)
    done = await trust.ask(MoveDutyDay, **move, on=free)
    assert done.sentence.startswith("Learning walk at School 100 is on ")
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    (moved,) = town.of(CohortEventMoved)
    assert (moved.event_id, moved.on, moved.why) == (event.event_id, free, "coordinator")
    with pytest.raises(Rejected) as of_a_duty:
        await town.ask(CancelCohortEvent(event_id=event.event_id))
    assert of_a_duty.value.rule == "of-a-duty"


async def test_the_console_moves_a_visit_by_its_duty_and_offers_nothing_that_only_events_have(trust: Trust) -> None:
    event, town = await invited(trust), trust.town
    at = await desk(town, "Cora Coe", mail("Cora"))
    where = f"/console/programmes/{trust.programme_id}/events/{event.event_id}"
    page = await at.look(where)
    assert "Move it, and tell 2 people" in said(page)
    assert set(re.findall(r"<h2>([^<]+)</h2>", page.text)) & {"Call it off", "Say where it is"} == {"Call it off"}
    late = await at.press(page, {"do": "move", "on": "2027-03-03"})
    assert late.status_code == 422
    assert "It is due until" in said(late)
    taken = {one.on for one in walks(trust).values()}
    free = next(day for day in (dt.date(2026, 11, 23) + dt.timedelta(days=n) for n in range(5)) if day not in taken)
    await at.press(page, {"do": "move", "on": free.isoformat()})
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    (moved,) = town.of(CohortEventMoved)
    assert (moved.event_id, moved.on, moved.why) == (event.event_id, free, "coordinator")


async def test_a_school_that_leaves_and_a_pause_take_visits_out_of_calendars(trust: Trust) -> None:
    event, town = await invited(trust), trust.town
    await trust.ask(WithdrawSchool, urn=100, reason="It merges.")
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    gone = [one for one in town.of(CohortEventCancelled) if one.event_id == event.event_id]
    assert [one.why for one in gone] == ["not-due"]
    assert "CANCEL" in methods(trust, "Chi")
    today = town.clock.at.date()
    known = {one.event_id for one in town.of(CohortEventScheduled)}
    standing = {one.event_id for one in town.of(CohortEventScheduled) if one.on >= today} - {event.event_id}
    await town.ask(PostponeProgramme(programme_id=trust.programme_id))
    await town.settle()
    assert {one.event_id for one in town.of(CohortEventCancelled)} == standing | {event.event_id}
    await town.day("2026-11-02")
    await town.ask(ResumeProgramme(programme_id=trust.programme_id))
    await town.day("2026-11-04")
    again = [one for one in town.of(CohortEventScheduled) if one.event_id not in known]
    assert again
    assert all(one.on > dt.date(2026, 11, 2) for one in again)


async def test_a_school_that_needs_attention_has_its_further_quality_visits_in_calendars(trust: Trust) -> None:
    await trust.town.day("2027-01-20")
    await trust.ask(
        DecideCategory, urn=102, category="attention-needed", since=dt.date(2027, 2, 1), decided_by=mail("Chi"),
        reason="Reading has fallen two years in a row.",
    )  # fmt: skip
    await trust.town.day("2027-06-25")
    at = [one for one in trust.town.of(CohortEventScheduled) if one.activity == "quality-visit"]
    moved = {one.event_id: one.on for one in trust.town.of(CohortEventMoved)}
    days = sorted(moved.get(one.event_id, one.on) for one in at if one.place == "School 102")
    (duty,) = [one for one in await trust.duties("quality-visit") if one.school == "School 102"]
    assert len(days) == duty.days == 2
    held = [one for one in trust.town.of(CohortEventHeld) if one.activity == "quality-visit"]
    assert {one.on for one in held if one.event_id in {each.event_id for each in at if each.place == "School 102"}} == {
        day for day in days if day < dt.date(2027, 6, 25)
    }


async def test_the_console_calls_a_visit_of_a_duty_off_and_nobody_owes_it(trust: Trust) -> None:
    event, town = await invited(trust), trust.town
    at = await desk(town, "Cora Coe", mail("Cora"))
    where = f"/console/programmes/{trust.programme_id}/events/{event.event_id}"
    page = await at.look(where)
    unsaid = await at.press(page, {"do": "cancel"})
    assert (unsaid.status_code, "Say why it does not take place" in said(unsaid)) == (422, True)
    done = await at.press(page, {"do": "cancel", "why": "The hall has no roof."})
    assert "does not take place. Who was invited is told." in said(done)
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    (off,) = [one for one in town.of(CohortEventCancelled) if one.event_id == event.event_id]
    assert off.why == "coordinator"
    text = trust.person("Ann").letter("Learning walk, School 100").text
    assert "no roof" not in text
    found = await town.find(ListDuties(programme_id=trust.programme_id, activity=WALK, school_id=trust.schools[100]))
    (duty,) = [one for one in found.duties if one.called_off]
    assert [(one.on, one.why) for one in duty.called_off] == [(event.on, "The hall has no roof.")]
    assert duty.excused == 1
    assert "Called off" in said(await at.look(where))
    await town.to(town.clock.at + dt.timedelta(days=2))
    assert len([one for one in town.of(CohortEventCancelled) if one.event_id == event.event_id]) == 1
    of_day = {"activity": WALK, "school_id": trust.schools[100], "day": event.on}
    with pytest.raises(Rejected, match="has no day to come"):
        await trust.ask(CancelDutyDay, **of_day, why="Again")
