"""Governors who mentor each other in private: a programme without a head, over two years, to its last mail."""

import datetime as dt

import pytest

from shared.commands.pairs import PairsDetail, ShowPairs
from shared.commands.rounds import DraftRound, PublishRound
from shared.commands.sessions import PlanSessions, PublishSessions
from shared.events.forms import FormSubmitted
from shared.events.reports import ReportRequested
from shared.events.tasks import TaskAsked
from tests.unit.own_template.opening import SCHOOLS, Opened, opened

EVENING = "evening-for-all"


async def paired(one: Opened, on: dt.date) -> None:
    await one.everybody.until(on)
    await one.town.ask(DraftRound(programme_id=one.programme_id))
    found: PairsDetail = await one.town.find(ShowPairs(programme_id=one.programme_id))
    await one.town.ask(PublishRound(programme_id=one.programme_id, revision=found.revision))


@pytest.mark.timeout(180)
async def test_it_runs_from_its_opening_to_its_last_mail() -> None:
    one = await opened("governors-mentoring", "Mentoring", ("governor", "clerk"), ("warden",))
    await paired(one, dt.date(2026, 9, 29))
    await one.town.ask(PlanSessions(programme_id=one.programme_id, activity=EVENING))
    await one.town.ask(PublishSessions(programme_id=one.programme_id, activity=EVENING))
    await paired(one, dt.date(2027, 2, 2))
    await paired(one, dt.date(2027, 9, 28))
    await one.everybody.until(dt.date(2028, 7, 14))
    assert one.everybody.refused == []
    assert one.town.waiting() == {}
    asked = [task.task for task in one.town.of(TaskAsked)]
    assert set(asked) == {"promise", "first-talk", "second-talk", "say", "roll"}
    assert asked.count("first-talk") == asked.count("second-talk") == 3 * len(SCHOOLS) // 2
    assert {entry.form for entry in one.town.of(FormSubmitted)} == {"promise", "survey", "breather"}
    theirs = one.subjects("governor@s0.example")
    assert len([subject for subject in theirs if subject.startswith("You and governor ")]) == 3
    assert theirs[-1] == "Two years of Mentoring"
    assert one.subjects().count("Please answer: Evening for all") == 2 * len(SCHOOLS)
    # The survey comes to its readers when its moment comes, once a year, and not after each answer.
    made = [event.edition for event in one.town.of(ReportRequested) if event.report == "survey-report"]
    assert made == [1, 2]
    assert "What governors say" in one.subjects("warden@office.example")
