"""Answers that are only counted: whole, once, and nobody's from the moment they arrive."""

import datetime as dt
import json

import pytest

from services.reporting.domain.counting.sheets import tally_of
from shared.commands import forms as asks
from shared.errors import Rejected
from shared.events.programme_states import ProgrammeArchived, ProgrammeCompleted
from shared.template import Form
from shared.template.answers import Answer
from tests.unit.reporting.counting.staffroom import CANARY, answer, opened, people, staffed, words
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import OWN, PROGRAMME

ANNA, BEN = people("lead", 2)


async def refused(made, person, **answers):
    with pytest.raises(Rejected) as caught:
        await answer(made, person, **answers)
    return caught.value


async def test_who_has_answered_is_told_and_what_they_said_is_not():
    made = await staffed()
    done = await answer(made, ANNA, mood="good", worry=CANARY)
    assert "Nobody can see" in done.sentence
    (entry,) = [one for one in made.memory.entries.rows.values() if one.form == "pulse"]
    assert (entry.state, entry.author_ids, entry.draft, entry.submitted.answers) == ("agreed", (ANNA,), {}, {})
    told = [event for event in made.published if getattr(event, "form", "") == "pulse"]
    assert [(type(event).__name__, event.person_id) for event in told] == [("FormSubmitted", ANNA), ("FormAgreed", "")]
    assert CANARY not in json.dumps([event.model_dump(mode="json") for event in made.published])
    (sheet,) = made.memory.sheets.rows.values()
    assert sheet.tallies[""].questions["mood"].chosen == {"good": 1}
    kept = {name: repr(vars(store)) for name, store in vars(made.memory).items()}
    assert [name for name, text in kept.items() if CANARY in text] == ["sheets"]
    assert ANNA not in kept["sheets"]


async def test_a_sheet_says_the_same_in_whichever_order_people_answer():
    sheets = []
    for order in ((ANNA, BEN), (BEN, ANNA)):
        made = await staffed()
        for person in order:
            await answer(made, person, mood="good" if person == ANNA else "bad", worry=f"{CANARY} of {person[-1]}")
        sheets.append([one.model_dump_json() for one in made.memory.sheets.rows.values()])
    assert sheets[0] == sheets[1]


async def test_nobody_answers_twice_or_changes_or_takes_back_what_is_counted():
    made = await staffed()
    entry_id = (await answer(made, ANNA, mood="good")).id
    assert (await refused(made, ANNA, mood="bad")).rule == "answered-before"
    save = asks.SaveDraft(
        programme_id=PROGRAMME, form="pulse", about_id=OWN, person_id=BEN, answers={"mood": "bad"}
    )  # fmt: skip
    again = asks.SubmitEntry(entry_id=entry_id, person_id=ANNA, revision=0)
    for command in (save, again, asks.WithdrawEntry(entry_id=entry_id, person_id=ANNA)):
        with pytest.raises(Rejected, match="only counted"):
            await made.ask(command)
    (sheet,) = made.memory.sheets.rows.values()
    assert sheet.people == 1


async def test_what_is_wrong_is_said_and_nothing_is_counted():
    made = await staffed()
    assert (await refused(made, ANNA, mood="")).rule == "missing"
    assert (await refused(made, ANNA, mood="middling")).rule == "unknown-choice"
    assert (await refused(made, ANNA, other="x")).rule == "unknown-field"
    assert (await refused(made, "per-stranger", mood="good", mark="x")).rule == "unknown-entry"
    assert made.memory.sheets.rows == {}
    assert not [one for one in made.memory.entries.rows.values() if one.form == "pulse"]


async def test_a_form_that_is_changed_while_people_answer_begins_another_sheet():
    made = await staffed()
    before = await words(made, BEN)
    await answer(made, ANNA, mood="good")
    await opened(made, version=3, least_shown=5)
    refusal = await refused(made, BEN, mark=before, mood="bad")
    assert (refusal.rule, "Read them again" in refusal.sentence) == ("reworded", True)
    await answer(made, BEN, mood="bad")
    assert sorted((one.least, one.people) for one in made.memory.sheets.rows.values()) == [(3, 1), (5, 1)]
    assert (await refused(made, ANNA, mood="bad")).rule == "answered-before"


@pytest.mark.parametrize(("ends", "state"), [(ProgrammeCompleted, "completed"), (ProgrammeArchived, "archived")])
async def test_what_comes_after_the_programme_is_over_is_refused_and_what_came_before_stays(ends, state):
    made = await staffed()
    await answer(made, ANNA, mood="good")
    mark = await words(made, BEN)
    await made.tell(ends(version=9, programme_id=PROGRAMME, state=state, on=dt.date(2026, 12, 1)))
    refusal = await refused(made, BEN, mark=mark, mood="bad")
    assert (refusal.rule, "yours comes too late" in refusal.sentence) == ("closed", True)
    (sheet,) = made.memory.sheets.rows.values()
    assert (sheet.people, sheet.tallies[""].questions["mood"].chosen) == (1, {"good": 1})
    assert [one.author_ids for one in made.memory.entries.rows.values() if one.form == "pulse"] == [(ANNA,)]


async def test_each_person_is_counted_once_in_the_programme_where_the_form_says_so():
    made = await staffed(once_a_person=True)
    await made.tell(exchange.role_taken(ANNA, "lead", exchange.HOST, membership_id="mem-2"))
    await answer(made, ANNA, mood="good")
    done = await answer(made, ANNA, exchange.HOST, mood="bad")
    assert "each person is counted once" in done.sentence
    (sheet,) = made.memory.sheets.rows.values()
    assert (sheet.about_id, sheet.people, sheet.tallies[""].questions["mood"].chosen) == (PROGRAMME, 1, {"good": 1})


async def test_a_form_that_comes_again_takes_another_answer_each_year():
    made = await staffed(repeat="year")
    await answer(made, ANNA, mood="good")
    made.time.at = made.time.at.replace(year=2027)
    await answer(made, ANNA, mood="bad")
    assert sorted((one.period, one.people) for one in made.memory.sheets.rows.values()) == [("y1", 1), ("y2", 1)]


def test_every_kind_of_answer_is_counted():
    fields = [
        {"key": "say", "kind": "text"}, {"key": "yes", "kind": "yes-no"}, {"key": "some", "kind": "several"},
        {"key": "rank", "kind": "rank"}, {"key": "how", "kind": "level"}, {"key": "none", "kind": "choice"},
    ]  # fmt: skip
    form = Form.model_validate({"key": "f", "title": "F", "by": ["lead"], "fields": fields})
    answers: dict[str, Answer] = {
        "say": "x",
        "yes": "no",
        "some": ("a", "b"),
        "rank": ("b", "a"),
        "how": {"t": "high", "u": "low"},
    }
    found = tally_of(answers, form)
    assert {key: (one.answered, one.chosen, one.texts) for key, one in found.questions.items()} == {
        "say": (1, {}, ("x",)), "yes": (1, {"no": 1}, ()), "some": (1, {"a": 1, "b": 1}, ()),
        "rank": (1, {"b": 1, "a": 1}, ()), "how:t": (1, {"high": 1}, ()), "how:u": (1, {"low": 1}, ()),
    }  # fmt: skip
    assert found.people == 1
