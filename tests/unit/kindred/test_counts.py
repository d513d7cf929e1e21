"""`kindred counts`: sums as far as they may be shown, and answers given by telephone."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.counting import CountAnswers, CountedQuestion, CountRow, CountSheet, CountSheets, ShowCounts
from shared.commands.forms import EntryShown, ShowEntry
from shared.commands.shared_links import CloseSharedLink, LinkRow, LinkRows, ListSharedLinks, OpenSharedLink
from shared.template import Form
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run
from tests.unit.reporting.counting.staffroom import PULSE

QUESTION = CountedQuestion(
    question="Mood", columns=("All", "Lead"), rows=(CountRow(words="Good", numbers=(4, 3)),), note="Four of nine."
)
WORRY = CountedQuestion(question="A worry", texts=("Too little time",), note="Three of nine.")
SHEET = CountSheet(
    about="school", about_id="sch-1", title="Own School", begun="1 October 2026", people=4, asked=9, least=3,
    questions=(QUESTION, WORRY),
)  # fmt: skip
SHOWN = EntryShown(
    programme_id="prg-1", programme="X", form=Form.model_validate(PULSE), about="school", about_id="sch-1", mark="m1"
)


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def client():
    answers: dict[Any, Any] = {
        queries.ListProgrammes: ONE,
        ShowCounts: CountSheets(form="pulse", title="Pulse", promise="Only counted.", sheets=(SHEET,)),
        ShowEntry: SHOWN,
        CountAnswers: Done(id="ent-1", sentence="Counted, thank you."),
    }
    return FakeClient(answers)


def test_counts_are_shown(capsys):
    assert run(client(), "counts", "show", "pulse") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert all(words in out for words in ("Own School", "Four of nine.", "Good", "Too little time"))


def test_answers_by_telephone_are_sent_whole(capsys):
    asked = client()
    line = ["counts", "answer", "pulse", "--about", "sch-1", "--as", "per-1"]
    assert run(asked, *line, "--answer", "mood=good", "--answer", "which=reading,maths") == 0
    (sent,) = [one for one in asked.asked if isinstance(one, CountAnswers)]
    assert (sent.mark, sent.answers) == ("m1", {"mood": "good", "which": ("reading", "maths")})
    assert "Counted, thank you." in capsys.readouterr().out


def test_a_question_that_there_is_not_is_named(capsys):
    line = ["counts", "answer", "pulse", "--about", "sch-1", "--as", "per-1", "--answer", "mod=good"]
    assert run(client(), *line) == 2
    assert "the questions are: mood, which, worry" in " ".join(capsys.readouterr().err.split())


def test_links_are_listed_opened_and_closed(capsys):
    row = LinkRow(
        token="tok", programme_id="prg-1", form="pulse", about_id="sch-1", about="Own School", number=2,
        opened_on=dt.date(2026, 10, 1), state="full", answers=2000, most=2000,
    )  # fmt: skip
    answers: dict[Any, Any] = {
        queries.ListProgrammes: ONE, ListSharedLinks: LinkRows(links=(row,)), OpenSharedLink: row, CloseSharedLink: row,
    }  # fmt: skip
    asked = FakeClient(answers)
    assert run(asked, "counts", "links") == 0
    assert "full" in capsys.readouterr().out
    about = ("pulse", "--about", "sch-1", "--as", "per-1")
    assert run(asked, "counts", "open", *about) == 0
    assert "/s/tok" in capsys.readouterr().out
    assert run(asked, "counts", "close", *about) == 0
    assert "Closed, with 2,000 answers" in capsys.readouterr().out
