"""Mails as a coordinator reads them: what went to whom, what became of it, and sending again."""

import datetime as dt

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.notifications import (
    ListMails,
    MailDetail,
    MailRow,
    MailRows,
    PauseMail,
    ResendFailed,
    ResendMail,
    ShowMail,
)
from shared.commands.notifications_held import DropHeld, ReleaseHeld
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, cells, done, run
from tests.unit.kindred.test_overruling import PEOPLE

QUEUED = dt.datetime(2026, 10, 1, 9, 30, tzinfo=dt.UTC)
ROW = MailRow(
    mail_id="mai-0123456789", person_id="per-1", to="ada@school.example", template="visit-moved",
    template_version="1", subject="A new date", state="bounced", attempts=1, message_id="<m@kindred.example>",
    queued_at=QUEUED, changed_at=QUEUED, detail="550 5.1.1 unknown",
    fault="recipient", permanent=True,
)  # fmt: skip
HELD_BACK = "bounced (no such mailbox, address held)"
ROWS = MailRows(total=1, mails=(ROW,), by_state={"bounced": 1, "accepted": 2}, by_template={"visit-moved": 3})


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def test_the_list_shows_each_mail_and_how_many_of_each_state_and_kind(capsys) -> None:
    client = FakeClient({ListMails: ROWS, queries.ListProgrammes: ONE, queries.ListEnrolments: PEOPLE})
    words = ("--person", "ada@school.example", "--state", "bounced", "--template", "visit-moved", "-p", "prg-1")
    assert run(client, "mails", "list", *words) == 0
    assert client.asked[-1] == ListMails(
        person_id="per-1", programme_id="prg-1", template="visit-moved", state="bounced", limit=50, offset=0
    )
    assert cells(capsys.readouterr().out) == [
        ["2026-10-01 09:30", "ada@school.example", "visit-moved", "A new date", HELD_BACK, "mai-01234567"],
        ["state", "accepted", "2"],
        ["state", "bounced", "1"],
        ["kind", "visit-moved", "3"],
    ]


@pytest.mark.parametrize(("paused", "said"), [(True, True), (False, False)])
def test_that_sending_is_paused_is_said_under_the_list(paused, said, capsys) -> None:
    client = FakeClient({ListMails: ROWS.model_copy(update={"paused": paused})})
    assert run(client, "mails", "list") == 0
    assert ("Sending is paused." in capsys.readouterr().out) == said


def test_one_that_was_refused_for_another_reason_says_which(capsys) -> None:
    refused = ROW.model_copy(update={"state": "deferred", "fault": "operator", "permanent": False})
    passed_on = ROW.model_copy(update={"fault": "", "permanent": False})
    assert run(FakeClient({ListMails: ROWS.model_copy(update={"mails": (refused, passed_on)})}), "mails", "list") == 0
    assert [row[4] for row in cells(capsys.readouterr().out)[:2]] == [
        "deferred (our sender or relay is refused)", "bounced",
    ]  # fmt: skip


def test_one_mail_shows_its_text_and_what_became_of_it(tmp_path, capsys) -> None:
    detail = MailDetail(
        mail=ROW, text="Dear Ada", html="<p>Dear Ada</p>", attachments=("invite.ics",), timeline=("09:31 bounced",)
    )
    client = FakeClient({ListMails: ROWS, ShowMail: detail})
    assert run(client, "mails", "show", "mai-012345", "--html", str(tmp_path / "mail.html")) == 0
    assert client.asked[-1] == ShowMail(mail_id="mai-0123456789")
    assert capsys.readouterr().out == (
        "To: ada@school.example\nSubject: A new date\nMessage-ID: <m@kindred.example>\n"
        f"State: {HELD_BACK} 550 5.1.1 unknown\nDear Ada\ninvite.ics\n09:31 bounced\n"
    )
    assert (tmp_path / "mail.html").read_text(encoding="utf-8") == "<p>Dear Ada</p>"


def test_a_mail_is_found_on_whatever_page_it_stands() -> None:
    other = ROW.model_copy(update={"mail_id": "mai-ffffffffff"})
    pages = [ROWS.model_copy(update={"total": 2, "mails": (one,)}) for one in (other, ROW)]
    client = FakeClient({ListMails: pages, ResendMail: done()})
    assert run(client, "mails", "resend", "mai-012345") == 0
    assert [ask for ask in client.asked if isinstance(ask, ListMails)] == [
        ListMails(limit=500, offset=0), ListMails(limit=500, offset=1),
    ]  # fmt: skip
    assert client.asked[-1] == ResendMail(mail_id="mai-0123456789")


@pytest.mark.parametrize("words", [(), ("mai-012345", "--failed")])
def test_resending_wants_one_mail_or_all_that_failed(words, capsys) -> None:
    assert run(FakeClient({}), "mails", "resend", *words) == 2
    assert capsys.readouterr().err == "Name one mail, or say --failed for all that failed.\n"


def test_too_short_an_id_names_no_mail(capsys) -> None:
    assert run(FakeClient({ListMails: ROWS}), "mails", "show", "mai-0") == 2
    assert capsys.readouterr().err == "No mail goes by 'mai-0'. `kindred mails list` shows them.\n"


def test_what_is_done_is_said_where_the_service_says_nothing(capsys) -> None:
    client = FakeClient({PauseMail: done(), ResendFailed: done(), queries.ListProgrammes: ONE})
    for words, said in (
        (("pause",), "Paused. `kindred mails resume` goes on."),
        (("resume",), "Mails go out again."),
        (("resend", "--failed"), "Queued again."),
    ):
        assert run(client, "mails", *words) == 0
        assert capsys.readouterr().out == f"{said}\n"


HELD = ROWS.model_copy(
    update={"mails": (ROW.model_copy(update={"state": "unknown", "to": "", "held": True}),), "held": 8}
)


def test_what_a_restore_holds_is_listed_with_how_many_of_each_kind(capsys) -> None:
    client = FakeClient({ListMails: HELD, queries.ListProgrammes: ONE})
    assert run(client, "mails", "held", "--template", "visit-moved", "-p", "prg-1") == 0
    assert client.asked[-1] == ListMails(held=True, template="visit-moved", programme_id="prg-1", limit=50, offset=0)
    said = capsys.readouterr().out
    assert cells(said) == [
        ["2026-10-01 09:30", "per-1", "visit-moved", "mai-01234567"],
        ["visit-moved", "3"],
    ]
    assert "`kindred mails release` sends, `kindred mails drop` never does." in said


def test_the_list_of_mails_says_that_a_restore_holds_some(capsys) -> None:
    assert run(FakeClient({ListMails: HELD}), "mails", "list") == 0
    assert "8 are held since a restore: see `kindred mails held`." in capsys.readouterr().out


@pytest.mark.parametrize(("word", "command"), [("release", ReleaseHeld), ("drop", DropHeld)])
@pytest.mark.parametrize(
    ("words", "which"),
    [
        (("--all",), {}),
        (("--template", "visit-moved"), {"template": "visit-moved"}),
        (("--person", "per-1"), {"person_id": "per-1"}),
        (("mai-012345",), {"mail_id": "mai-0123456789"}),
        (("-p", "prg-1"), {"programme_id": "prg-1"}),
    ],
)
def test_held_mails_are_let_go_and_dropped_by_what_is_said_of_them(word, command, words, which, capsys) -> None:
    client = FakeClient({ListMails: HELD, queries.ListProgrammes: ONE, command: done(sentence="8 mails.")})
    assert run(client, "mails", word, *words) == 0
    assert client.asked[-1] == command(**which)
    assert capsys.readouterr().out == "8 mails.\n"


@pytest.mark.parametrize("words", [(), ("--all", "--template", "visit-moved")])
def test_which_held_mails_are_meant_must_be_said(words, capsys) -> None:
    assert run(FakeClient({}), "mails", "drop", *words) == 2
    assert "Say which held mails" in capsys.readouterr().err
