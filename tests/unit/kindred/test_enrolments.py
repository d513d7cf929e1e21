"""Enrolments on the command line: those that have left, and why."""

from shared.commands import programmes_queries as queries
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.test_cli import ONE, run
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
