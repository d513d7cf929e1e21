"""Tasks on the command line."""

import datetime as dt
import json
from typing import Any

from shared.commands import programmes_queries as queries
from shared.commands.base import Command, Query
from shared.commands.tasks import ExcuseTask, ListTasks, ShowTask, TaskDetail, TaskRow, TaskRows, TaskStep
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run

ROW = TaskRow(
    task_id="tsk-abcdef0123", programme_id="prg-1", programme="Circle", task="note", title="Write your note", do="form",
    of="note", person_ids=("per-1",), about="school", about_id="sch-1", school_id="sch-1", state="open",
    opened=dt.date(2026, 9, 7), due=dt.date(2026, 9, 21), reminded=1,
)  # fmt: skip
ROWS = TaskRows(total=1, owed=1, tasks=(ROW,))
NAMES = queries.NamedPeople(people=(queries.NamedPerson(person_id="per-1", name="Ada Lane", schools=("Abbey",)),))
DETAIL = TaskDetail(
    task=ROW, reminders=(dt.date(2026, 9, 16),), history=(TaskStep(what="asked", on=dt.date(2026, 9, 7)),)
)


def client():
    answers: dict[type[Command | Query], Any] = {
        ListTasks: ROWS,
        ShowTask: DETAIL,
        queries.NamePeople: NAMES,
        queries.ListProgrammes: ONE,
    }
    return FakeClient({**answers, ExcuseTask: done(sentence="Nobody is asked for this any more.")})


def test_tasks_are_listed_with_whose_they_are(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    asking = client()
    assert run(asking, "tasks", "list", "--state", "open", "-p", "Peer", "--person", "per-1") == 0
    assert asking.asked[1] == ListTasks(programme_id="prg-1", person_id="per-1", state="open")
    shown = capsys.readouterr().out
    assert "Tasks (1, 1 of them owed)" in shown
    assert "Ada Lane (Abbey)" in shown


def test_a_state_that_there_is_not_is_refused_with_those_there_are(capsys) -> None:
    assert run(client(), "tasks", "list", "--state", "late") == 2
    assert "planned, open, missed, done, excused" in capsys.readouterr().err


def test_a_task_is_shown_with_its_history_and_excused_with_a_reason(capsys) -> None:
    assert run(client(), "tasks", "show", "tsk-abc") == 0
    shown = capsys.readouterr().out
    assert "2026-09-07 asked" in shown
    assert "Reminders on 2026-09-16." in shown
    asking = client()

    assert run(asking, "tasks", "excuse", "tsk-abc", "New in post", "--json") == 0
    assert asking.asked[-1] == ExcuseTask(task_id="tsk-abcdef0123", reason="New in post")
    assert json.loads(capsys.readouterr().out)["sentence"] == "Nobody is asked for this any more."
