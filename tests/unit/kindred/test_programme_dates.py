"""`kindred visits dates`: all dates of a programme, and why they clash."""

import datetime as dt

from shared.commands import programmes_queries as queries
from shared.commands.programme_dates import DateClash, DateOfProgramme, ListProgrammeDates, ProgrammeDateRows
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run
from tests.unit.kindred.test_dates import ANSWERS
from tests.unit.kindred.test_overruling import KNOWN

PROGRAMME = KNOWN[queries.ListProgrammes].programmes[0].programme_id
CLASH = DateClash(rule="closed", sentence="Closed that day", schools=("Abbey",), in_all=3)
ROW = DateOfProgramme(
    kind="visit", target_id="vis-1", activity="visit", title="Visit", on=dt.date(2027, 5, 13), starts=dt.time(9),
    ends=dt.time(15), state="draft", host="Abbey", people=8, clashes=(CLASH,),
)  # fmt: skip
WORDS = ("visits", "dates", "--from", "2027-05-01", "--kind", "visit", "--state", "draft", "--clashes")
FOUND = ProgrammeDateRows(total=1, dates=(ROW,), clashing=1)


def test_what_is_asked_for_and_why_a_date_clashes(capsys):
    client = FakeClient({**ANSWERS, ListProgrammeDates: FOUND})
    assert (
        run(client, *["visits", "dates", "--from", "2027-05-01", "--kind", "visit", "--state", "draft", "--clashes"])
        == 0
    )
    asked = [one for one in client.asked if isinstance(one, ListProgrammeDates)]
    about = {"programme_id": PROGRAMME, "kind": "visit", "state": "draft", "clashing": True}
    assert asked == [ListProgrammeDates(**about, first=dt.date(2027, 5, 1))]
    shown = " ".join(capsys.readouterr().out.split())
    assert "Visit, Abbey" in shown
    assert "and 2 more" in shown


def test_a_kind_that_is_none_is_refused_with_those_that_are(capsys):
    client = FakeClient({**ANSWERS, ListProgrammeDates: FOUND})
    assert run(client, "visits", "dates", "--kind", "party") != 0
    assert "agreed" in capsys.readouterr().err
