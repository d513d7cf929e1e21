"""`kindred needs`: what waits for the coordinator, over all programmes."""

from typing import Any

import pytest

from shared.commands.own import ListNeeds, NeedRow, NeedRows
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run

LATE = NeedRow(
    sentence="2 tasks were not done in time.", verb="See who owes them", path="/console/programmes/prg-1/tasks",
    programme_id="prg-1", programme="Peer visits 2026/27",
)  # fmt: skip


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def client(*rows, silent=()):
    answers: dict[Any, Any] = {ListNeeds: NeedRows(needs=rows, silent=silent)}
    return FakeClient(answers)


def test_what_needs_somebody_is_listed_with_where_it_is_seen_to(capsys):
    assert run(client(LATE), "needs") == 0
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("What needs you (1)", LATE.sentence, LATE.programme, LATE.path))


def test_who_did_not_answer_is_said(capsys):
    assert run(client(silent=("tasks",)), "needs") == 0
    assert "What needs you (0; tasks did not answer)" in " ".join(capsys.readouterr().out.split())
