"""`kindred schools inspected`."""

import datetime as dt
from typing import Any

from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.inspections import (
    InspectionRow,
    InspectionRows,
    ListInspections,
    NoteInspection,
    TakeBackInspection,
)
from shared.events.base import DateSpan
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run
from tests.unit.kindred.test_programme_commands import SCHOOL

ID = SCHOOL.facts.school_id
FIRST, LAST = dt.date(2027, 2, 2), dt.date(2027, 2, 3)


def client(*windows):
    done = Done(id=ID, sentence="It is noted.")
    rows = (InspectionRow(school_id=ID, windows=windows),) if windows else ()
    answers: dict[Any, Any] = {
        queries.ShowSchool: SCHOOL, NoteInspection: done, TakeBackInspection: done,
        ListInspections: InspectionRows(schools=rows),
    }  # fmt: skip
    return FakeClient(answers)


def test_an_inspection_is_noted_and_taken_back(capsys):
    asked = client()
    assert run(asked, "schools", "inspected", "107000", "2027-02-02..2027-02-03") == 0
    assert run(asked, "schools", "inspected", "107000", "2027-02-02", "--take-back") == 0
    assert [one for one in asked.asked if isinstance(one, NoteInspection | TakeBackInspection)] == [
        NoteInspection(school_id=ID, first=FIRST, last=LAST),
        TakeBackInspection(school_id=ID, first=FIRST),
    ]
    assert "It is noted." in capsys.readouterr().out


def test_what_is_known_is_shown(capsys):
    assert run(client(DateSpan(first=FIRST, last=LAST)), "schools", "inspected", "107000") == 0
    assert "02/02/2027" in capsys.readouterr().out
    assert run(client(), "schools", "inspected", "107000") == 0
    assert "None is noted." in capsys.readouterr().out
