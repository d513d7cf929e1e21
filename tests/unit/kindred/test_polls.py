"""`kindred polls`: what was named and chosen, and choosing where votes tie."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.polls import ChooseTheme, PollRow, PollRows, ShowPolls, ThemeRow
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run

ROW = PollRow(
    poll="needs", title="Needs", state="waits", closed_on=dt.date(2026, 10, 20), answered=8,
    themes=(ThemeRow(themes=("Reading",), number=4), ThemeRow(themes=("Talk", "Play"), number=4)),
    among={"reading": "Reading", "maths": "Maths"}, chooser_ids=("per-1",), last_done={"Reading": "2025/26"},
)  # fmt: skip


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def client():
    people = queries.NamedPeople(people=(queries.NamedPerson(person_id="per-1", name="Amara Osei", schools=()),))
    answers: dict[Any, Any] = {
        queries.ListProgrammes: ONE, queries.NamePeople: people, ShowPolls: PollRows(polls=(ROW,)),
        ChooseTheme: Done(id="pol-1", sentence="“Maths” is chosen."),
    }  # fmt: skip
    return FakeClient(answers)


def test_polls_are_shown_with_who_chooses_and_when_a_theme_was_last_done(capsys):
    assert run(client(), "polls", "list") == 0
    shown = capsys.readouterr()
    assert all(words in shown.out for words in ("waits for Amara Osei", "2025/26", "Talk, Play"))
    assert "choose out of reading, maths" in shown.err


def test_a_theme_is_chosen(capsys):
    asked = client()
    assert run(asked, "polls", "choose", "needs", "maths", "--as", "per-1") == 0
    (sent,) = [one for one in asked.asked if isinstance(one, ChooseTheme)]
    assert (sent.poll, sent.theme, sent.person_id) == ("needs", "maths", "per-1")
    assert "is chosen" in capsys.readouterr().out
