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
from shared.commands.scheduling import AllowSubstitute, AnswerInvitation, ListVisits, VisitRows
from shared.errors import Rejected
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, VISIT, cells, done, run
from tests.unit.kindred.test_overruling import ADA, EVENT, KNOWN, PEOPLE

BO = queries.PersonRow(person_id="per-2", role="senior-leader", name="Bo Lind", email="bo@school.example")
KEY = "0123456789abcdef" * 4
ROW = ReplyRow(
    reply_id=KEY, received_at=dt.datetime(2026, 10, 1, 9, 30, tzinfo=dt.UTC), sender="am@school.example",
    subject="Accepted: Visit day", why="Another address.", state="waiting", visit="Brook", on=dt.date(2027, 3, 11),
    person_id="per-1", person="Ada Okafor",
)  # fmt: skip
ROWS = ReplyRows(rows=(ROW,))


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def test_the_list_shows_sender_person_visit_subject_and_reason(capsys) -> None:
    client = FakeClient({ListReplies: ROWS})
    assert run(client, "replies", "list") == 0
    assert client.asked == [ListReplies(state="waiting", limit=200)]
    assert cells(capsys.readouterr().out) == [
        [
            "2026-10-01 09:30",
            "am@school.example",
            "Ada Okafor",
            "Brook, Thu 11 Mar 2027",
            "Accepted: Visit day",
            "Another address.",
            KEY[:12],
        ]
    ]


def test_one_message_is_shown_with_its_text(capsys) -> None:
    detail = ReplyDetail(
        reply=ROW, text="I will come", answer="accepted", target_id="vis-1", address="am@school.example"
    )
    client = FakeClient({ListReplies: ROWS, ShowReply: detail})
    assert run(client, "replies", "show", KEY[:12]) == 0
    shown = capsys.readouterr().out
    assert "It says accepted for am@school.example, about vis-1." in shown
    assert "Person: Ada Okafor\nVisit: Brook, Thu 11 Mar 2027\n" in shown
    assert "I will come" in shown


def test_an_answer_is_placed(capsys) -> None:
    client = FakeClient({
        ListReplies: ROWS, ShowReply: ReplyDetail(reply=ROW, text=""), queries.ListProgrammes: ONE,
        queries.ListEnrolments: PEOPLE, PlaceReply: done(sentence="Taken."),
    })  # fmt: skip
    assert run(client, "replies", "place", KEY[:12], "ada@school.example", "-p", "prg-1") == 0
    assert client.asked[-1] == PlaceReply(reply_id=KEY, person_id="per-1")
    assert "Taken." in capsys.readouterr().out


def test_an_answer_is_placed_with_whom_the_list_names(capsys) -> None:
    client = FakeClient({ListReplies: ROWS, ShowReply: ReplyDetail(reply=ROW, text=""), PlaceReply: done()})
    assert run(client, "replies", "place", KEY[:12]) == 0
    assert client.asked[-1] == PlaceReply(reply_id=KEY, person_id="per-1")


def test_an_answer_of_nobody_known_is_placed_only_with_a_person(capsys) -> None:
    nobody = ROW.model_copy(update={"person_id": ""})
    client = FakeClient({ListReplies: ROWS, ShowReply: ReplyDetail(reply=nobody, text="")})
    assert run(client, "replies", "place", KEY[:12]) == 2
    assert "It does not show whose answer this is. Name the person" in capsys.readouterr().err


def delegation() -> FakeClient:
    detail = ReplyDetail(
        reply=ROW, text="", answer="delegated", target_id="vis-1", address="ada@school.example",
        delegated_to="bo@school.example",
    )  # fmt: skip
    return FakeClient({
        ListReplies: ROWS, ShowReply: detail, queries.ListProgrammes: ONE,
        queries.ListEnrolments: queries.EnrolmentRows(total=0, enrolments=(), programme_people=(ADA, BO)),
        AllowSubstitute: done(sentence="Allowed."), CloseReply: done(),
    })  # fmt: skip


def test_a_substitute_whom_somebody_names_is_allowed_by_one_command(capsys) -> None:
    client = delegation()
    assert run(client, "replies", "show", KEY[:12]) == 0
    assert "bo@school.example would come instead." in capsys.readouterr().out
    assert run(client, "replies", "place", KEY[:12], "-p", "prg-1") == 0
    assert client.asked[-2:] == [
        AllowSubstitute(visit_id="vis-1", person_id="per-1", substitute_id="per-2"),
        CloseReply(reply_id=KEY),
    ]
    assert "Allowed." in capsys.readouterr().out


def test_a_substitute_who_takes_no_part_is_to_be_recorded_first(capsys) -> None:
    client = delegation()
    client.answers[queries.ListEnrolments] = PEOPLE
    assert run(client, "replies", "place", KEY[:12], "-p", "prg-1") == 2
    assert "bo@school.example takes no part yet. Record them first, `kindred people add" in capsys.readouterr().err
    assert not [one for one in client.asked if isinstance(one, CloseReply)]


def test_a_substitute_who_is_refused_leaves_the_message_on_the_list(capsys) -> None:
    client = delegation()
    client.answers[AllowSubstitute] = Rejected("already-invited", "The substitute comes to this visit already.")
    assert run(client, "replies", "place", KEY[:12], "per-2") == 2
    assert not [one for one in client.asked if isinstance(one, CloseReply)]


@pytest.mark.parametrize(
    ("named", "target", "kind"),
    [("vis-abcdef", "vis-abcdef", "visit"), ("evt-abcd", "evt-abcdef", "cohort-event")],
)
def test_what_somebody_has_said_is_entered(named, target, kind, capsys) -> None:
    event = EVENT.model_copy(update={"event": EVENT.event.model_copy(update={"event_id": "evt-abcdef"})})
    rows = VisitRows(total=1, visits=(VISIT,), events=(event,))
    client = FakeClient({**KNOWN, ListVisits: rows, AnswerInvitation: done(sentence="Saved.")})
    assert run(client, "replies", "answer", named, "ada@school.example", "declined", "-p", "prg-1") == 0
    wanted = {"target_id": target, "target_kind": kind, "person_id": "per-1", "answer": "declined"}
    assert client.asked[-1] == AnswerInvitation.model_validate(wanted)
    assert "Saved." in capsys.readouterr().out


def test_a_message_is_done(capsys) -> None:
    client = FakeClient({ListReplies: ROWS, CloseReply: done(sentence="Off.")})
    assert run(client, "replies", "done", KEY[:12]) == 0
    assert client.asked[-1] == CloseReply(reply_id=KEY)
    assert "Off." in capsys.readouterr().out


def test_an_answer_that_is_none_is_refused(capsys) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, queries.ListEnrolments: PEOPLE})
    assert run(client, "replies", "answer", "vis-1", "ada@school.example", "perhaps", "-p", "prg-1") == 2
    assert "'perhaps' is no answer; it is one of accepted, declined, tentative." in capsys.readouterr().err
