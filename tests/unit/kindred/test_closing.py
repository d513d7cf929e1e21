"""Closing the enrolment of a programme that nobody has joined asks first."""

import io

import pytest

from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import PROGRAMME, done, run

EMPTY = PROGRAMME.model_copy(update={"enrolled": 0, "withdrawn": 1})
CLOSED = EMPTY.model_copy(update={"state": "closed"})


@pytest.mark.parametrize(
    ("row", "words", "typed", "asked", "closes", "code"),
    [
        (EMPTY, [], "", True, False, 130),  # nobody there to answer
        (EMPTY, [], "n\n", True, False, 130),
        (EMPTY, [], "y\n", True, True, 0),
        (EMPTY, ["--yes"], "", False, True, 0),
        (PROGRAMME, [], "", False, True, 0),
        (CLOSED, [], "", False, True, 0),  # the service refuses by itself
    ],
)
def test_closing_with_nobody_enrolled_asks(row, words, typed, asked, closes, code, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    rows = queries.ProgrammeRows(programmes=(row,))
    client = FakeClient({queries.ListProgrammes: rows, commands.CloseEnrolment: done()})
    assert run(client, "programmes", "close", *words) == code
    assert ("Nobody is enrolled in Peer visits 2026/27." in capsys.readouterr().err) == asked
    assert (commands.CloseEnrolment(programme_id="prg-1") in client.asked) == closes
