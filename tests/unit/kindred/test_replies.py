"""Mails that came in as a coordinator works through them."""

import datetime as dt

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.notifications_replies import (
    CloseReply,
    ListReplies,
    PlaceReply,
    ReplyDetail,
    ReplyRow,
    ReplyRows,
    ShowReply,
)
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, cells, done, run
from tests.unit.kindred.test_overruling import PEOPLE

KEY = "0123456789abcdef" * 4
ROW = ReplyRow(
    reply_id=KEY, received_at=dt.datetime(2026, 10, 1, 9, 30, tzinfo=dt.UTC), sender="am@school.example",
    subject="Accepted: Visit day", why="Another address.", state="waiting",
)  # fmt: skip
ROWS = ReplyRows(rows=(ROW,))


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def test_the_list_shows_sender_subject_and_reason(capsys) -> None:
    client = FakeClient({ListReplies: ROWS})
    assert run(client, "replies", "list") == 0
    assert client.asked == [ListReplies(state="waiting", limit=200)]
    assert cells(capsys.readouterr().out) == [
        ["2026-10-01 09:30", "am@school.example", "Accepted: Visit day", "Another address.", KEY[:12]]
    ]


def test_one_message_is_shown_with_its_text(capsys) -> None:
    detail = ReplyDetail(
        reply=ROW, text="I will come", answer="accepted", target_id="vis-1", address="am@school.example"
    )
    client = FakeClient({ListReplies: ROWS, ShowReply: detail})
    assert run(client, "replies", "show", KEY[:12]) == 0
    shown = capsys.readouterr().out
    assert "It says accepted for am@school.example, about vis-1." in shown
    assert "I will come" in shown


def test_an_answer_is_placed(capsys) -> None:
    client = FakeClient({
        ListReplies: ROWS, queries.ListProgrammes: ONE, queries.ListEnrolments: PEOPLE,
        PlaceReply: done(sentence="Taken."),
    })  # fmt: skip
    assert run(client, "replies", "place", KEY[:12], "ada@school.example", "-p", "prg-1") == 0
    assert client.asked[-1] == PlaceReply(reply_id=KEY, person_id="per-1")
    assert "Taken." in capsys.readouterr().out


def test_a_message_is_done(capsys) -> None:
    client = FakeClient({ListReplies: ROWS, CloseReply: done(sentence="Off.")})
    assert run(client, "replies", "done", KEY[:12]) == 0
    assert client.asked[-1] == CloseReply(reply_id=KEY)
    assert "Off." in capsys.readouterr().out


def test_an_answer_that_is_none_is_refused(capsys) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, queries.ListEnrolments: PEOPLE})
    assert run(client, "replies", "answer", "vis-1", "ada@school.example", "perhaps", "-p", "prg-1") == 2
    assert "'perhaps' is no answer; it is one of accepted, declined, tentative." in capsys.readouterr().err
