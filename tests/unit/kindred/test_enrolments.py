"""Enrolments on the command line: those that have left, and why; the form, and under which names it is written."""

import datetime as dt

import pytest

from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.events.base import DateSpan
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run
from tests.unit.kindred.test_dates import SCHOOL

GONE = queries.EnrolmentRow(
    enrolment_id="enr-1", state="withdrawn", withdrawal_reason="Merges.", version=2, school=SCHOOL.facts,
    people=(), strengths=(), needs=(), farthest_travel_km=40,
)  # fmt: skip
STAYS = GONE.model_copy(update={"state": "enrolled", "withdrawal_reason": ""})


def shown(row, words, capsys):
    rows = queries.EnrolmentRows(total=1, enrolments=(row,))
    assert run(FakeClient({queries.ListProgrammes: ONE, queries.ListEnrolments: rows}), *words) == 0
    return capsys.readouterr().out


def test_why_a_school_has_left_is_shown(capsys) -> None:
    assert "withdrawn: Merges." in shown(GONE, ("enrolments", "list"), capsys)
    assert "\nIt left because: Merges.\n" in shown(GONE, ("enrolments", "show", "107001"), capsys)
    assert "because" not in shown(STAYS, ("enrolments", "show", "107001"), capsys)


@pytest.mark.parametrize("name", ["form.docx", "form.xls", "form"])
def test_the_form_is_not_written_under_another_suffix(name, tmp_path, capsys) -> None:
    client = FakeClient({})
    assert run(client, "enrolments", "form", "-o", str(tmp_path / name)) == 2
    sentence = f"The form is written as .xlsx or .csv; name it {tmp_path / 'form.xlsx'}.\n"
    assert capsys.readouterr().err == sentence
    assert (client.asked, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize(("name", "kind"), [("form.CSV", "csv"), ("form.xlsx", "xlsx")])
def test_the_form_is_written_as_its_suffix_says(name, kind, tmp_path) -> None:
    reply = queries.FileReply(filename="any", media_type="any", content=b"rows")
    client = FakeClient({queries.ListProgrammes: ONE, queries.EnrolmentForm: reply})
    assert run(client, "enrolments", "form", "-o", str(tmp_path / name)) == 0
    assert client.asked[-1] == queries.EnrolmentForm(programme_id="prg-1", format=kind)
    assert (tmp_path / name).read_bytes() == b"rows"


def asked_for(command, words):
    """What is sent to the service for what is typed."""
    client = FakeClient({queries.ListProgrammes: ONE, command: done()})
    assert run(client, *words) == 0
    return client.asked[-1]


def test_dates_and_whom_not_to_be_with_are_put_right_as_typed() -> None:
    words = ("--not-possible", "2027-01-04..2027-01-05", "--not-with", "107002", "--not-with", "107003")
    heads = ("--person-not-possible", "Headteacher: 2027-02-01", "--person-not-possible", "headteacher:2027-02-03")
    sent = asked_for(commands.CorrectEnrolment, ("enrolments", "correct", "107001", *words, *heads))
    days = [dt.date(2027, 2, 1), dt.date(2027, 2, 3)]
    assert sent == commands.CorrectEnrolment(
        programme_id="prg-1",
        urn=107001,
        dates_not_possible=(DateSpan(first=dt.date(2027, 1, 4), last=dt.date(2027, 1, 5)),),
        role_dates=(
            commands.RoleDates(
                role="headteacher", dates_not_possible=tuple(DateSpan(first=day, last=day) for day in days)
            ),
        ),
        not_with=(107002, 107003),
    )


def test_what_is_not_typed_stays_and_none_clears() -> None:
    sent = asked_for(commands.CorrectEnrolment, ("enrolments", "correct", "107001", "--not-with", "none"))
    assert sent == commands.CorrectEnrolment(programme_id="prg-1", urn=107001, not_with=())


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (("--not-with", "Hill School"), "'Hill School' is no URN; write its six digits."),
        (("--not-possible", "4 Jan"), "'4 Jan' is no date; write it as 2027-01-31."),
        (("--person-not-possible", "the cook!: 2027-02-01"), "'the cook!' is no role"),
    ],
)
def test_what_cannot_be_read_is_not_sent(typed, rule, capsys) -> None:
    client = FakeClient({queries.ListProgrammes: ONE})
    assert run(client, "enrolments", "correct", "107001", *typed) == 2
    assert rule in capsys.readouterr().err
    assert not any(isinstance(one, commands.CorrectEnrolment) for one in client.asked)


def test_a_school_let_in_late_is_told_of_where_it_shows(capsys) -> None:
    words = ("--person", "headteacher: Ada <ada@s.example>", "--strength", "phonics:4:seen", "--need", "writing:5:said")
    sent = asked_for(commands.AdmitSchool, ("enrolments", "admit", "107001", *words))
    assert (sent.urn, sent.strengths[0].topic, sent.people[0].name) == (107001, "phonics", "Ada")
    assert "`kindred cohorts rematch --least` finds it one" in capsys.readouterr().err.replace("\n", " ")


def test_enrolment_is_opened_again_until_a_day() -> None:
    sent = asked_for(commands.ReopenEnrolment, ("programmes", "reopen", "--until", "2027-10-01"))
    assert sent == commands.ReopenEnrolment(programme_id="prg-1", until=dt.date(2027, 10, 1))
