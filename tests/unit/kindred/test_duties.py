"""`kindred duties`: what is typed becomes exactly this command, and what is shown."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import duties
from shared.commands import programmes_queries as queries
from shared.commands.base import Command, Query
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import done, run
from tests.unit.kindred.test_dates import ANSWERS as DATES
from tests.unit.kindred.test_overruling import KNOWN

MONDAY, WEDNESDAY = dt.date(2026, 9, 14), dt.date(2026, 9, 16)
PROGRAMME = KNOWN[queries.ListProgrammes].programmes[0].programme_id
ROW = duties.DutyRow(
    duty_id="dut-1", activity="data", title="Data meeting", strand="Needs of all", school_id="sch-1", school="Abbey",
    person_ids=("per-1", "per-2"), cadence="termly", case="attention", since=dt.date(2027, 2, 1), why="Results fell.",
    days=3, done=1, missed=1, excused=0, following=WEDNESDAY,
    moved=(duties.MovedDay(on=WEDNESDAY, why="On Thursday 17 September 2026 the school is closed."),),
    gaps=(duties.DutyGap(first=MONDAY, last=MONDAY, sentence="On Monday somebody is elsewhere.", who=(
        duties.DutyElsewhere(person_id="per-1", what="Learning walk, School 3", days=1),
    )),),
)  # fmt: skip
WEEK = duties.DutyWeek(
    week_id="dwk-1", programme_id=PROGRAMME, person_id="per-1", monday=MONDAY, last=dt.date(2026, 9, 18), can=True,
    ticked=False,
    duties=(
        duties.WeekDuty(duty_id="dut-1", title="Drop in", person_ids=("per-1",), days=(MONDAY, WEDNESDAY)),
        duties.WeekDuty(duty_id="dut-2", title="Coaching", person_ids=("per-1", "per-2")),
    ),
)  # fmt: skip
SUMS = duties.DutySums(
    scope="names", first=MONDAY, last=WEDNESDAY,
    sums=(
        duties.DutySum(
            school_id="sch-1", school="Abbey", strand="Needs of all", activity="Drop in", person_id="per-1", due=5,
            done=3, missed=2, excused=0, open=0,
        ),
    ),
)  # fmt: skip
ANSWERS: dict[type[Command] | type[Query], Any] = {
    **DATES,
    duties.ListDuties: duties.DutyRows(total=1, duties=(ROW,)),
    duties.ShowDutyWeek: WEEK,
    duties.SumDuties: SUMS,
    duties.TickDuties: done(),
    duties.CancelDutyDay: done(),
}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            "duties list --school 107001 --person per-1 --activity data",
            duties.ListDuties(programme_id=PROGRAMME, school_id="sch-1", person_id="per-1", activity="data"),
        ),
        (
            "duties week --person per-1 --of 2026-09-16",
            duties.ShowDutyWeek(programme_id=PROGRAMME, person_id="per-1", week=WEDNESDAY),
        ),
        (
            "duties tick --person per-1 --of 2026-09-16",
            duties.TickDuties(programme_id=PROGRAMME, person_id="per-1", week=MONDAY),
        ),
        (
            ["duties", "tick", "--person", "per-1", "--of", "2026-09-16", "--not-done", "Drop in:2026-09-16"],
            duties.TickDuties(
                programme_id=PROGRAMME, person_id="per-1", week=MONDAY,
                not_done=(duties.DutyDay(duty_id="dut-1", on=WEDNESDAY),),
            ),
        ),
        (
            ["duties", "cancel", "quality-visit", "2026-09-16", "--school", "107001", "--why", "No roof"],
            duties.CancelDutyDay(
                programme_id=PROGRAMME, activity="quality-visit", school_id="sch-1", day=WEDNESDAY, why="No roof"
            ),
        ),
        (
            "duties sums --since 2026-09-14 --until 2026-09-16 --reader per-2",
            duties.SumDuties(programme_id=PROGRAMME, reader_id="per-2", first=MONDAY, last=WEDNESDAY),
        ),
    ],
)  # fmt: skip
def test_what_is_typed_is_asked(typed, asked, capsys):
    client = FakeClient(ANSWERS)
    assert run(client, *(typed.split() if isinstance(typed, str) else typed)) == 0
    assert client.asked[-1] == asked if isinstance(asked, Command) else asked in client.asked


def test_a_list_says_what_moved_and_who_decided_how_often(capsys):
    run(FakeClient(ANSWERS), "duties", "list")
    shown = " ".join(capsys.readouterr().out.split())
    moved = "On Thursday 17 September 2026 the school is closed."
    where = "On Monday somebody is elsewhere. Ada Okafor (Abbey): Learning walk, School 3 (1 day)."
    for words in ("termly", "(attention", "1 of 3", moved, "Results fell.", where):
        assert words in shown


def test_a_day_that_is_none_of_the_weeks_is_refused(capsys):
    client = FakeClient(ANSWERS)
    assert run(client, "duties", "tick", "--person", "per-1", "--of", "2026-09-16", "--not-done", "Drop in:2026-09-17")
    assert "is no day of a duty of that week; write one such as Drop in:2026-09-14" in capsys.readouterr().err
    assert not [one for one in client.asked if isinstance(one, duties.TickDuties)]
