"""Enrolments on the command line: those that have left, and why; the form, and under which names it is written."""

import pytest

from shared.commands import programmes_queries as queries
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run
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
