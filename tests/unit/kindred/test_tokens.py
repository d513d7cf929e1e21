"""`kindred tokens`: what programs may use the API, and stopping one."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.base import Done
from shared.commands.tokens import ListTokens, RevokeToken, TokenRow, TokenRows
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run

MADE = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def row(token_id, **more):
    facts: dict[str, Any] = {
        "token_id": token_id, "person_id": "per-1", "person": "Nadia Rahman", "name": "Timetable",
        "scopes": ("schools:change", "dates:read"), "made": MADE, "expires": MADE + dt.timedelta(days=90),
    }  # fmt: skip
    return TokenRow(**{**facts, **more})


def client(*rows):
    done = Done(id="tok-1", sentence="“Timetable” opens nothing.")
    answers: dict[Any, Any] = {ListTokens: TokenRows(tokens=rows), RevokeToken: done}
    return FakeClient(answers)


def test_tokens_are_listed(capsys):
    assert run(client(row("tok-1a"), row("tok-2b", used=MADE, state="revoked")), "tokens", "list") == 0
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("Nadia Rahman", "schools:change dates:read", "never", "revoked", "tok-2b"))


def test_none_are_said_to_be_none(capsys):
    assert run(client(), "tokens", "list") == 0
    assert "The console makes them." in capsys.readouterr().out


def test_a_token_is_revoked_by_the_beginning_of_its_id(capsys):
    asked = client(row("tok-1a"), row("tok-2b"))
    assert run(asked, "tokens", "revoke", "tok-1") == 0
    assert asked.asked[-1] == RevokeToken(token_id="tok-1a")
    assert "opens nothing" in capsys.readouterr().out


@pytest.mark.parametrize(("named", "said"), [("tok-", "2 tokens begin"), ("tok-9", "0 tokens begin")])
def test_what_names_no_one_token_is_refused(capsys, named, said):
    asked = client(row("tok-1a"), row("tok-2b"))
    assert run(asked, "tokens", "revoke", named) != 0
    assert said in capsys.readouterr().err
    assert not [one for one in asked.asked if isinstance(one, RevokeToken)]
