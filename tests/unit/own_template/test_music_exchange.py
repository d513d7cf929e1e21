"""Ensembles that play in each other's halls: a concert for all, pupils counted, reports to heads, to its last mail."""

import datetime as dt

import pytest

from shared.commands.agreed_visits import AgreeDays, ChosenDay
from shared.commands.people import FindPeople
from shared.commands.rounds import DraftRound, PublishRound, RoundDetail, ShowRound
from shared.commands.sessions import MoveSession, PlanSessions, PublishSessions
from shared.events.agreed_visits import AgreedVisitHeld, AgreedVisitScheduled
from shared.events.forms import FormSubmitted
from shared.events.placements import PersonPlaced
from shared.events.tasks import TaskAsked
from tests.unit.own_template.opening import SCHOOLS, Opened, opened
from tests.unit.portal.bad_input.desks import desk, said

CONCERT = "Summer concert"
DAY = dt.date(2027, 2, 2)


async def agreed(one: Opened) -> None:
    """Everybody agrees on the one rehearsal that each host offers, by telephone."""
    days = (ChosenDay(on=DAY, starts=dt.time(15, 30), ends=dt.time(17, 30), doings=("tutti",)),)
    for placed in one.town.of(PersonPlaced):
        about = {"match_id": placed.match_id, "activity": "rehearsal", "person_id": placed.person_id}
        await one.town.ask(AgreeDays(**about, days=days, outside=True))


async def stands_in(one: Opened) -> None:
    """A coordinator lets a head stand in at a rehearsal, on the page of who cannot come."""
    invited = (await one.town.find(FindPeople(search="head-of-music@s3.example"))).people[0]
    head = (await one.town.find(FindPeople(search="headteacher@s3.example"))).people[0]
    days = one.town.of(AgreedVisitScheduled)
    place = next(day for day in days if any(each.person_id == invited.person_id for each in day.attendees))
    at = await desk(one.town, "Coral Bright", "coral@x.example")
    page = await at.look(f"/console/people/{invited.person_id}")
    page = await at.press(page, {"do": f"stand-in:{place.visit_id}", "substitute": head.person_id})
    assert page.status_code == 200, said(page)
    page = await at.look(f"/console/people/{head.person_id}")
    assert "in place of" in page.text
    page = await at.look(f"/console/programmes/{one.programme_id}/agreed/{place.visit_id}")
    assert "stands in for" in page.text
    assert f"/console/people/{head.person_id}" in page.text


def in_own_words(one: Opened) -> None:
    """Dates are told in the template's words, with the calendar's part, to whom they name; the others get ours."""
    mails = one.town.post.mailboxes.mails
    played = {to: mail for _, to, mail in mails if mail["Subject"] == "Play with us in Corn Exchange, 3 Wheat Street"}
    assert len(played) == len(SCHOOLS)
    assert all(to.startswith("conductor") for to in played)
    parts = [part for part in next(iter(played.values())).walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == ["REQUEST"]
    text = " ".join(one.about("Play with us").split())
    assert "bring your ensemble on Thursday 10 June 2027. It is Thursday 10 June 2027, 18:00 to 20:30." in text
    assert "Say whether you play: http" in text
    rehearsals = [subject for subject in one.subjects() if subject.startswith("You rehearse in School ")]
    assert len(rehearsals) == len(one.town.of(PersonPlaced))
    hosts = one.subjects("head-of-music@s0.example") + one.subjects("head-of-music@s1.example")
    assert [subject for subject in hosts if subject.startswith("Joint rehearsal, School ")]
    # Heads are not invited: they read of all rehearsals of a day in one mail, without a calendar entry.
    heads = one.subjects("headteacher@s0.example")
    told = [subject for subject in heads if subject.startswith(("A rehearsal in ", "2 messages: "))]
    assert len(told) == 1


@pytest.mark.timeout(180)
async def test_it_runs_from_its_opening_to_its_last_mail() -> None:
    one = await opened("music-exchange", "Music", ("headteacher", "head-of-music"), ("stage-manager",))
    await one.everybody.until(dt.date(2026, 11, 9))
    await one.town.ask(DraftRound(programme_id=one.programme_id))
    draft: RoundDetail = await one.town.find(ShowRound(programme_id=one.programme_id))
    await one.town.ask(PublishRound(programme_id=one.programme_id, revision=draft.round.revision))
    await agreed(one)
    await stands_in(one)
    await one.everybody.until(dt.date(2027, 3, 15))
    planned = await one.town.ask(PlanSessions(programme_id=one.programme_id, activity="concert"))
    await one.town.ask(PublishSessions(programme_id=one.programme_id, activity="concert"))
    await one.everybody.until(dt.date(2027, 4, 1))
    in_own_words(one)
    await one.town.ask(MoveSession(course_id=planned.id, number=1, on=dt.date(2027, 6, 15)))
    await one.everybody.until(dt.date(2027, 7, 16))
    assert [said for said in one.everybody.refused if "coral@" not in said] == []
    assert one.town.waiting() == {}
    asked = {task.task for task in one.town.of(TaskAsked)}
    assert asked == {"offer", "name", "say-ready", "agree-days", "notes", "count", "agree-count", "roll", "clap"}
    forms = {entry.form for entry in one.town.of(FormSubmitted)}
    assert forms == {"hall", "ensemble", "ready", "stage-notes", "head-count", "applause"}
    placed = one.town.of(PersonPlaced)
    assert len(one.town.of(AgreedVisitHeld)) == len(placed) >= len(SCHOOLS) - 1
    heads = one.subjects("headteacher@s0.example")
    assert [subject for subject in heads if subject.startswith("What was played together")]
    assert heads[-1] == "A year of music"
    assert f"Please answer: {CONCERT}" in heads
    assert f"{CONCERT} is on Tuesday 15 June 2027" in heads
    moved = one.about(f"{CONCERT} is on")
    assert "Not on Thursday 10 June 2027. It is still in Corn Exchange, 3 Wheat Street." in " ".join(moved.split())
    assert not [mail for mail in one.town.post.mailboxes.mails if "visit" in str(mail[2]["Subject"]).casefold()]
    assert one.subjects("head-of-music@s0.example")[-1] == "The curtain falls"
