"""Polls: weighed at their moment, chosen by the vote or by somebody, shown without a number that is too small."""

import datetime as dt
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.counting.polls import PollRecord, shown
from shared.commands.counting import CountAnswers
from shared.commands.forms import ShowEntry
from shared.commands.polls import ChooseTheme, ListOwnPolls, ShowPolls
from shared.errors import Rejected
from shared.events.polls import PollClosed, ThemeChosen
from shared.events.programmes_parts import MomentReached
from shared.template.reading.sense.polls import faults
from tests.unit.reporting.counting.staffroom import people
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import COORDINATOR, OWN, PROGRAMME
from tests.unit.reporting.entries.harness import at_work

DAY = {"key": "strategy-day", "kind": "cohort-event", "title": "Strategy day", "who": ["lead"], "opens": "10-12",
       "closes": "11-20", "starts": "09:30", "ends": "15:00"}  # fmt: skip
FORM: dict[str, Any] = {
    "key": "pulse", "title": "What do you need?", "by": ["cohort.lead"], "about": "programme",
    "confidential": "counts-only", "least_shown": 3,
    "fields": [{"key": "topic", "kind": "topic", "label": "Which topic?"}],
}  # fmt: skip
POLL = {"key": "needs", "title": "Needs", "form": "pulse", "field": "topic", "closes": "weighing",
        "ties": "programme.governor", "names": "strategy-day"}  # fmt: skip
TOPICS = ("reading", "maths", "talk", "play")
LEADS = people("lead", 12)
GOVERNOR = exchange.person("governor", OWN)
CLOCK = {"moments": [{"key": "weighing", "title": "The poll is weighed", "at": "10-20"}]}


async def programme(poll=POLL):
    made = await at_work(placed=False)
    lists = [{"key": "topics", "entries": [{"key": key, "title": key.capitalize()} for key in TOPICS]}]
    told = exchange.opened(
        forms=[FORM], polls=[poll], activities=[DAY], lists=lists, clock=CLOCK, reports=(), version=4
    )
    await made.tell(told.model_copy(update={"version": 2}))
    await made.tell(*(exchange.role_taken(one, "lead", OWN) for one in LEADS))
    return made


async def answer(made, person, topic):
    about = {"programme_id": PROGRAMME, "form": "pulse", "about_id": PROGRAMME, "person_id": person}
    mark = (await made.find(ShowEntry(**about))).mark
    await made.ask(CountAnswers(**about, mark=mark, answers={"topic": topic}, veil="v" * 32))


async def answered(made, *topics):
    for person, topic in zip(LEADS, topics, strict=False):
        await answer(made, person, topic)


async def weigh(made):
    on = dt.date(2026, 10, 20)
    await made.tell(MomentReached(version=1, moment_id="mom-1", programme_id=PROGRAMME, moment="weighing", on=on))


async def poll(made):
    (row,) = (await made.find(ShowPolls(programme_id=PROGRAMME))).polls
    return row


async def choose(made, theme, person=GOVERNOR):
    return await made.ask(ChooseTheme(programme_id=PROGRAMME, poll="needs", theme=theme, person_id=person))


async def test_what_most_named_is_chosen_when_the_moment_comes():
    made = await programme()
    assert (await poll(made)).state == "open"
    await answered(made, *["reading"] * 4, *["maths"] * 3, "talk")
    await weigh(made)
    row = await poll(made)
    assert (row.state, row.theme, row.activity, row.answered) == ("chosen", "Reading", "strategy-day", 8)
    assert [(one.themes, one.number) for one in row.themes] == [(("Reading",), 4), (("Maths", "Talk", "Play"), 4)]
    assert row.sentence == "Themes that fewer than three named stand together."
    (told,) = made.of(ThemeChosen)
    assert (told.theme, told.title, told.person_id) == ("reading", "Reading", "")
    assert made.of(PollClosed)[0].waits_for == ()


async def test_a_tie_waits_for_whom_the_template_names():
    made = await programme()
    await answered(made, *["reading"] * 3, *["maths"] * 3)
    await weigh(made)
    row = await poll(made)
    governors = (GOVERNOR, exchange.person("governor", exchange.HOST))
    assert (row.state, row.among) == ("waits", {"reading": "Reading", "maths": "Maths"})
    assert set(row.chooser_ids) <= set(governors) | {COORDINATOR}
    with pytest.raises(Rejected, match="Choose one of: Reading, Maths"):
        await choose(made, "talk", COORDINATOR)
    with pytest.raises(Rejected, match="nothing for you"):
        await choose(made, "maths", LEADS[0])
    await choose(made, "maths", COORDINATOR)
    assert (await poll(made)).theme == "Maths"
    assert made.of(ThemeChosen)[0].person_id == COORDINATOR
    with pytest.raises(Rejected, match="was chosen already"):
        await choose(made, "reading", COORDINATOR)


async def own(made, person, **which):
    return (await made.find(ListOwnPolls(person_id=person, **which))).polls


async def test_whoever_holds_the_role_finds_the_poll_chooses_and_sees_what_was_chosen():
    made = await programme()
    await answered(made, *["reading"] * 3, *["maths"] * 3)
    assert await own(made, GOVERNOR, programme_id=PROGRAMME) == ()
    await made.tell(exchange.role_taken(GOVERNOR, "governor", OWN))
    await weigh(made)
    (row,) = await own(made, GOVERNOR, programme_id=PROGRAMME)
    assert (row.state, row.programme_id, list(row.among)) == ("waits", PROGRAMME, ["reading", "maths"])
    assert await own(made, GOVERNOR, poll_id=row.poll_id) == (row,)
    assert await own(made, LEADS[0], poll_id=row.poll_id) == await own(made, GOVERNOR, poll_id="pol-none") == ()
    await choose(made, "maths")
    (after,) = await own(made, GOVERNOR, poll_id=row.poll_id)
    assert (after.state, after.theme, after.among) == ("chosen", "Maths", {})


async def test_who_has_taken_the_role_since_it_closed_chooses_and_who_has_left_it_does_not():
    made = await programme()
    await answered(made, *["reading"] * 3, *["maths"] * 3)
    before = exchange.role_taken(GOVERNOR, "governor", OWN)
    await made.tell(before)
    await weigh(made)
    successor = exchange.person("new-governor", OWN)
    left = exchange.role_left(GOVERNOR, "governor", OWN, exchange.SEPTEMBER)
    await made.tell(left, exchange.role_taken(successor, "governor", OWN))
    assert await own(made, GOVERNOR, programme_id=PROGRAMME) == ()
    with pytest.raises(Rejected, match="nothing for you"):
        await choose(made, "maths")
    await choose(made, "maths", successor)
    assert (await poll(made)).theme == "Maths"


async def test_a_poll_that_the_vote_has_settled_is_nobodys_to_choose():
    made = await programme()
    await made.tell(exchange.role_taken(GOVERNOR, "governor", OWN))
    await answered(made, *["reading"] * 4)
    await weigh(made)
    assert await own(made, GOVERNOR, programme_id=PROGRAMME) == ()
    assert await own(made, GOVERNOR, programme_id="prg-none") == ()


async def test_too_few_answers_choose_nothing_and_show_nothing():
    made = await programme()
    await answered(made, "reading", "reading")
    await weigh(made)
    row = await poll(made)
    assert (row.state, row.themes, len(row.among)) == ("waits", (), 4)
    assert row.sentence.startswith("Fewer than three people answered")


async def test_somebody_chooses_where_the_template_says_so():
    made = await programme({**POLL, "chosen_by": "coordinator"})
    await answered(made, *["reading"] * 4)
    await weigh(made)
    assert (await poll(made)).chooser_ids == (COORDINATOR,)
    await choose(made, "play", COORDINATOR)
    row = await poll(made)
    assert (row.theme, row.last_done) == ("Play", {"Play": "2026/27"})


async def test_a_poll_that_was_weighed_takes_no_more_answers_and_is_weighed_once():
    made = await programme()
    await answered(made, *["reading"] * 4)
    await weigh(made)
    with pytest.raises(Rejected, match="has closed"):
        await answer(made, LEADS[5], "maths")
    await weigh(made)
    assert len(made.of(PollClosed)) == 1


def record(counts, least=3):
    return PollRecord(
        poll_id="pol-1", programme_id="prg-1", template="t", year=2026, poll="needs", form="pulse",
        closed_on=dt.date(2026, 10, 20), answered=sum(counts.values()), least=least, counts=counts,
    )  # fmt: skip


def released(counts, least):
    """What everybody may know: how many answered, and the numbers that are shown."""
    return sum(counts.values()), tuple(sorted(shown(record(counts, least))))


@settings(max_examples=150, deadline=None)
@given(counts=st.lists(st.integers(0, 5), min_size=3, max_size=4), least=st.integers(2, 4))
def test_no_withheld_number_can_be_worked_out(counts, least):
    """Whoever knows the rules tries out every table: for each theme that stands with others, several numbers fit."""
    known = dict(zip(TOPICS, counts, strict=False))
    seen = released(known, least)
    possible = [
        table
        for numbers in product(range(sum(counts) + 1), repeat=len(counts))
        if sum(numbers) == sum(counts)
        for table in [dict(zip(known, numbers, strict=True))]
        if released(table, least) == seen
    ]
    alone = {themes[0] for themes, _ in shown(record(known, least)) if len(themes) == 1}
    for theme in set(known) - alone:
        if sum(counts):
            assert len({table[theme] for table in possible}) > 1
    assert all(known[theme] >= least for theme in alone)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"form": "none"}, "no form whose answers are only counted"),
        ({"field": "other"}, "names no themes"),
        ({"closes": "nothing"}, "closes at a moment of the clock"),
        ({"ties": ""}, "say who chooses then"),
        ({"chosen_by": "nobody"}, "neither `vote` nor a role"),
        ({"names": "party"}, "is no activity"),
        ({}, ""),
    ],
)
def test_a_poll_that_cannot_work_is_refused(changes, said):
    whole = exchange.template(forms=[FORM], polls=[{**POLL, **changes}], activities=[DAY], clock=CLOCK)
    found = [fault.what for fault in faults(whole)]
    assert (not found) if not said else any(said in one for one in found)
