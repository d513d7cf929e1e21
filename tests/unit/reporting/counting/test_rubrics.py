"""Rubrics: counts by stage with spread in words, who is missing, what has moved; pairs only by people's own words."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.counting import pairing
from services.reporting.domain.counting.agreement import in_words
from services.reporting.domain.counting.sheets import Sheet, Tally
from services.reporting.domain.counting.showing import brought_up_to_date
from shared.commands.counting import CountAnswers
from shared.commands.forms import ShowEntry
from tests.unit.reporting.counting.staffroom import people, report
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import OWN, PROGRAMME, SEPTEMBER
from tests.unit.reporting.entries.harness import at_work

STAGES = {"early": "Early", "firm": "Firm", "leading": "Leading"}
VISION = ["Few know it.", "Most can say it.", "It guides work."]
RUBRIC: dict[str, Any] = {
    "key": "strategies", "title": "Strategies", "stages": [{"key": key, "title": text} for key, text in STAGES.items()],
    "entries": [
        {"key": "vision", "title": "A vision", "descriptors": VISION},
        {"key": "talks", "title": "Hard talks", "descriptors": ["Put off.", "Held.", "Held well."]},
    ],
}  # fmt: skip
FORM = {
    "key": "pulse", "title": "Where we stand", "by": ["head", "lead"], "confidential": "counts-only", "least_shown": 3,
    "repeat": "year", "paired": True, "by_role": True,
    "fields": [{"key": "stages", "kind": "level", "label": "Where do you stand?", "of": "strategies"}],
}  # fmt: skip
BLOCK = {"form": "pulse", "field": "stages"}
REPORT = {"key": "counts", "title": "Counts", "about": "school", "after": ["coordinator"], "to": ["head"],
          "blocks": [{"kind": "rubric", **BLOCK}, {"kind": "movement", "title": "Moved", **BLOCK}]}  # fmt: skip
LEADS = people("lead", 6)
HEAD = exchange.person("head", OWN)


async def opened(made, version=2, rubric=RUBRIC):
    told = exchange.opened(forms=[FORM], reports=[REPORT], lists=[rubric], version=version + 2)
    await made.tell(told.model_copy(update={"version": version}))


async def team():
    made = await at_work(placed=False)
    await opened(made)
    await made.tell(*(exchange.role_taken(one, "lead", OWN) for one in LEADS))
    return made


async def answer(made, person, vision, talks="firm", word=""):
    about = {"programme_id": PROGRAMME, "form": "pulse", "about_id": OWN, "person_id": person}
    shown = await made.find(ShowEntry(**about))
    levels = {"vision": vision, "talks": talks}
    await made.ask(CountAnswers(**about, mark=shown.mark, answers={"stages": levels}, word=word, veil="v" * 32))
    return shown


async def answered(made, visions, words=True):
    for number, (person, vision) in enumerate(zip((HEAD, *LEADS), visions, strict=False)):
        await answer(made, person, vision, word=f"heron {number}" if words else "")


def next_year(made):
    made.time.at = made.time.at + dt.timedelta(days=365)


async def test_descriptors_are_shown_whole_and_everything_needs_a_level():
    made = await team()
    shown = await made.find(ShowEntry(programme_id=PROGRAMME, form="pulse", about_id=OWN, person_id=HEAD))
    assert shown.descriptors["stages"]["vision"] == dict(zip(STAGES, VISION, strict=True))
    assert shown.options["stages"] == STAGES
    with pytest.raises(Exception, match="Choose a level for each line"):
        await answer(made, HEAD, "firm", talks="")


async def test_a_rubric_says_counts_spread_and_who_is_missing():
    made = await team()
    await answered(made, ["early", "firm", "firm", "leading", "leading"])
    vision, talks, who = await report(made)
    assert vision.columns == ("Stage", "What it looks like", "All")
    assert vision.rows == (
        ("Early", "Few know it.", "1"), ("Firm", "Most can say it.", "2"), ("Leading", "It guides work.", "2"),
    )  # fmt: skip
    assert vision.note.startswith("Answers lie far apart, from Early to Leading")
    assert talks.note.startswith("Everybody sees it at the same stage: Firm.")
    assert who.rows == (("Head", "1", "1"), ("Lead", "4", "7"))
    assert who.note == "Three people are missing."


async def test_a_year_later_it_says_what_has_moved_all_apart_and_in_pairs():
    made = await team()
    await answered(made, ["early", "early", "firm", "firm"])
    assert len(await report(made)) == 3
    next_year(made)
    await answered(made, ["firm", "early", "leading", "early"])
    *_, vision, talks, pairs = await report(made)
    assert vision.title == "Moved: A vision"
    assert vision.columns == ("Stage", "Year 1", "Year 2")
    assert vision.rows == (("Early", "2", "2"), ("Firm", "2", "1"), ("Leading", "0", "1"))
    assert [row[2] for row in talks.rows] == ["0", "4", "0"]
    assert pairs.columns == ("Now they chose", "A vision", "Hard talks")
    assert pairs.rows == (("A higher stage", "2", "0"), ("The same stage", "1", "4"), ("A lower stage", "1", "0"))
    assert pairs.note == "Four people gave the same word of their own in both rounds."


async def test_one_person_without_a_word_keeps_the_pairs_back():
    made = await team()
    await answered(made, ["early"] * 4)
    await report(made)
    next_year(made)
    await answered(made, ["firm"] * 3)
    await answer(made, LEADS[2], "early")
    parts = await report(made)
    assert [part.title for part in parts][-2:] == ["Moved: A vision", "Moved: Hard talks"]


async def test_a_rubric_that_was_worded_anew_is_not_compared():
    made = await team()
    await answered(made, ["early"] * 4)
    await report(made)
    next_year(made)
    entries = [{**RUBRIC["entries"][0], "descriptors": ["Nobody knows it.", *VISION[1:]]}, RUBRIC["entries"][1]]
    await opened(made, version=3, rubric={**RUBRIC, "entries": entries})
    await answered(made, ["firm"] * 4)
    last = (await report(made))[-1]
    assert last.text == "The wording has changed since the round before, so the two cannot be compared."


def test_a_word_is_the_same_however_it_is_written_and_on_this_form_only():
    one = sheet("y1")
    other = one.model_copy(update={"form": "other"})
    assert pairing.mark_of(" Grey  Heron ", one) == pairing.mark_of("greyheron", one)
    assert pairing.mark_of("greyheron", one) != pairing.mark_of("greyheron", other)
    assert pairing.mark_of("  ", one) == ""


def test_a_word_that_two_chose_pairs_neither():
    twice = sheet("y1")
    for _ in range(2):
        twice = pairing.with_row(twice, "m", {"stages": {"vision": "firm"}})
    assert twice.rows == {"m": {}}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"firm": 5}, "Everybody sees it at the same stage: Firm."),
        ({"early": 1, "firm": 4}, "Nearly everybody says Firm; the others are one stage away."),
        ({"early": 1, "leading": 4}, "Most say Leading, but answers reach from Early to Leading."),
        ({"early": 2, "firm": 3}, "People are divided between two neighbouring stages, Early and Firm."),
        ({"early": 1, "firm": 1, "leading": 1},
         "Answers lie far apart, from Early to Leading: ask what each of you has seen."),
        ({}, "Nobody has answered this."),
    ],
)  # fmt: skip
def test_agreement_is_said_in_words(chosen, said):
    assert in_words(chosen, STAGES) == said


def sheet(period, least=3):
    return Sheet(
        sheet_id=f"sht-{period}", programme_id="prg-1", form="pulse", about="school", about_id="sch-1", mark="m",
        begun=SEPTEMBER, least=least, period=period,
    )  # fmt: skip


LATER = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=25)
"""Who answers the second round, in order: whether they give a word that is known, and whether a report follows."""


@settings(max_examples=200, deadline=None)
@given(first=st.integers(0, 12), later=LATER, least=st.integers(2, 5))
def test_pairs_and_what_they_leave_are_of_enough_people(first, later, least):
    levels = {"stages": {"vision": "firm"}}
    before = sheet("y1", least).model_copy(update={"tallies": {"": Tally(people=first)}})
    for number in range(first):
        before = pairing.with_row(before, f"m{number:02}", levels)
    before, now, shown = brought_up_to_date(before), sheet("y2", least), {0}
    for number, (known, reported) in enumerate([*later, (False, True)]):
        people = now.people + 1
        now = now.model_copy(update={"tallies": {"": Tally(people=people)}})
        now = pairing.with_row(now, f"m{number:02}" if known else "", levels)
        if reported:
            now = pairing.moved_since(brought_up_to_date(now), before, {"firm": 0})
        if now.moved and now.moved.pairs not in shown:
            shown.add(now.moved.pairs)
            left = (now.people_shown - now.moved.pairs, before.people_shown - now.moved.pairs)
            assert all(number == 0 or number >= least for number in left)
    steps = sorted(shown)
    assert all(after - first >= least for first, after in pairwise(steps))
