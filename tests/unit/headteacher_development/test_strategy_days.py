"""A strategy day: agenda with speakers, another venue is an update, a shared plan with decisions and actions."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.event_programmes import DescribeCohortEvent, EventItem, EventVenue
from shared.commands.forms import ListEntries, SaveDraft, SubmitEntry
from shared.commands.sessions import (
    CourseDetail,
    PlanSessions,
    PublishSessions,
    RecordSession,
    SessionLine,
    ShowCourse,
)
from shared.commands.tasks import ListTasks
from shared.events.scheduling_parts import CohortEventChanged
from tests.unit.headteacher_development.heads import LEAD, Heads

KEY = "strategy-day"
HALL = EventVenue(name="The Old Hall", address="Mill Lane, Leeds", access="Step-free by the side door.", capacity=20)
ITEM = EventItem(title="Leading change", speaker="Dr Ada Bright", sector="university", material="https://uni.example/1")


async def shown(heads: Heads) -> CourseDetail:
    found: CourseDetail = await heads.town.find(ShowCourse(programme_id=heads.programme_id, activity=KEY))
    return found


async def owed(heads: Heads, task: str) -> list[Any]:
    found = await heads.town.find(ListTasks(programme_id=heads.programme_id, task=task))
    return list(found.tasks)


@pytest.fixture
async def published() -> Heads:
    heads = Heads(3)
    await heads.open()
    await heads.town.ask(PlanSessions(programme_id=heads.programme_id, activity=KEY))
    await heads.town.ask(PublishSessions(programme_id=heads.programme_id, activity=KEY))
    await heads.town.to(heads.town.clock.at + dt.timedelta(minutes=5))
    return heads


async def test_another_venue_is_an_update_of_the_same_entry_with_agenda_and_the_way_in(published: Heads) -> None:
    first = (await shown(published)).sessions[0]
    published.came()
    await published.town.ask(DescribeCohortEvent(event_id=first.event_id, venue=HALL, agenda=(ITEM,)))
    await published.town.settle()
    (changed,) = published.town.of(CohortEventChanged)
    assert (changed.event_id, changed.sequence, changed.on) == (first.event_id, 1, first.on)
    letter = published.head(0).letter("Strategy day (1 of 3)")
    said = " ".join(letter.text.split())
    for words in ("The Old Hall, Mill Lane, Leeds", "Step-free by the side door", "Dr Ada Bright", "uni.example/1"):
        assert words in said, words
    calendar = next(part for part in letter.message.walk() if part.get_content_type() == "text/calendar")
    entry = str(calendar.get_content()).replace("\r\n", "\n").replace("\n ", "")
    assert "SEQUENCE:1" in entry
    assert "What is said there stays there" in entry
    assert sorted({to for to, _ in published.came()}) == [f"head@s{number:02}.example" for number in range(3)]


async def test_the_shared_plan_is_agreed_by_who_was_there_and_its_actions_come_to_their_owners(
    published: Heads,
) -> None:
    town, course = published.town, await shown(published)
    first, lead = course.sessions[0], published.person_id(LEAD)
    await town.day(first.on + dt.timedelta(days=1))
    absent = published.person_id("head@s02.example")
    lines = tuple(
        SessionLine(person_id=one.person_id, was="absent" if one.person_id == absent else "present")
        for one in course.places
    )
    await town.ask(RecordSession(course_id=course.course_id, number=1, by=lead, lines=lines))
    await town.settle()
    (write,) = await owed(published, f"{KEY}-minutes-write")
    assert write.person_ids == (lead,)
    action = {
        "what": "Try it for a term", "owner": "Head", "address": "head@s00.example",
        "due": f"{first.on + dt.timedelta(days=40)}", "success": "All have.",
    }  # fmt: skip
    answers = {"plan": ({"text": "Leading change"},), "decisions": ({"text": "We begin."},), "actions": (action,)}
    about = {"programme_id": published.programme_id, "form": f"{KEY}-minutes", "about_id": first.event_id}
    draft = await town.ask(SaveDraft(**about, person_id=lead, answers=answers))
    await town.ask(SubmitEntry(entry_id=draft.entry_id, person_id=lead, revision=draft.revision))
    await town.settle()
    agreeing = {one.person_ids[0] for one in await owed(published, f"{KEY}-minutes-agree")}
    assert agreeing == {published.person_id(f"head@s0{number}.example") for number in range(2)}
    await town.day(first.on + dt.timedelta(days=12))
    found = await town.find(ListEntries(programme_id=published.programme_id, form=f"{KEY}-minutes"))
    assert [row.state for row in found.entries] == ["released"]
    mine = ListEntries(programme_id=published.programme_id, form=f"{KEY}-minutes", person_id=absent)
    assert (await town.find(mine)).total == 1, "who was not there reads the plan, too"
    (follow,) = await owed(published, f"{KEY}-minutes-action")
    assert follow.person_ids == (published.person_id("head@s00.example"),)
