"""`kindred calls list --invitations`: who was asked to choose a time, by when, and who has."""

import datetime as dt
import json

import pytest

from shared.commands import scheduling_dates as dates
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run
from tests.unit.kindred.test_dates import ANSWERS, CALL, NOON, plain

ASKED = {"host_id": "per-1", "person_id": "per-2", "minutes": 45}
LAST = dates.SlotRow(start=NOON, on=NOON.date(), starts=dt.time(12))
OPEN = dates.CallOfferRow(
    offer_id="off-1", state="open", total=3, until=LAST, asked_at=dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), **ASKED
)
CHOSEN = dates.CallOfferRow(offer_id="off-2", state="booked", call=CALL, **ASKED)


def listed(*rows: dates.CallOfferRow) -> FakeClient:
    return FakeClient({**ANSWERS, dates.ListCallOffers: dates.CallOfferRows(total=len(rows), offers=rows)})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (OPEN, "not yet, 3 times left"),
        (CHOSEN, "chosen: Friday 23 October 2026, 9:00 (cal-12345678)"),
        (CHOSEN.model_copy(update={"state": "over"}), "chosen: Friday 23 October 2026, 9:00, over (cal-12345678)"),
        (OPEN.model_copy(update={"total": 0, "until": None}), "no time is left"),
        (OPEN.model_copy(update={"call": CALL}), "the call was cancelled; not yet, 3 times left"),
        (OPEN.model_copy(update={"total": 1}), "not yet, 1 time left"),
    ],
    ids=["open", "chosen", "over", "no time", "cancelled", "one time"],
)
def test_each_line_says_what_became_of_it(
    row: dates.CallOfferRow, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    assert run(listed(row), "calls", "list", "--invitations") == 0
    shown = plain(capsys)
    assert said in shown
    assert "Bo Lind Ada Okafor (Abbey) 45" in shown
    assert "per-1" not in shown


def test_an_open_one_says_since_when_and_until_when(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    assert run(listed(OPEN), "calls", "list", "--invitations") == 0
    shown = plain(capsys)
    assert "asked for a call with minutes asked on to choose by chosen" in shown
    assert "45 Thu 1 Oct 2026 Fri 23 Oct 2026, 12:00 not yet" in shown


def test_what_is_typed_is_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    client = listed(OPEN)
    typed = "calls list --invitations --state open --person ada@school.example --limit 7 --offset 2"
    assert run(client, *typed.split()) == 0
    query = dates.ListCallOffers(state="open", person_id="per-1", limit=7, offset=2)
    assert [message for message in client.asked if isinstance(message, dates.ListCallOffers | dates.ListCalls)] == [
        query
    ]
    assert "Asked to choose a time (1)" in plain(capsys)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nobody is asked to choose a time. `kindred calls invite` asks people by mail."),
        (" --state booked", "Nobody is asked to choose a time in this state or of this person."),
    ],
)
def test_an_empty_list_says_so_and_what_to_do(typed: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(listed(), *f"calls list --invitations{typed}".split()) == 0
    assert sentence in plain(capsys)


def test_the_states_of_calls_and_of_invitations_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(listed(), "calls", "list", "--invitations", "--state", "cancelled") == 2
    assert "'cancelled' is no state; the states are open, booked, over." in capsys.readouterr().err
    assert run(listed(), "calls", "list", "--state", "open") == 2


def test_json_is_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(listed(OPEN), "calls", "list", "--invitations", "--json") == 0
    assert json.loads(capsys.readouterr().out)["offers"][0]["until"]["starts"] == "12:00:00"
