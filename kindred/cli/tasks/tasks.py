"""`kindred tasks`: who owes what by when, what became of it, and letting somebody off."""

from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, short, table
from shared.commands.tasks import ExcuseTask, ListTasks, MarkPaid, ShowTask, TaskDetail, TaskRow, TaskRows, TaskStanding

app = typer.Typer(no_args_is_help=True)
Task = Annotated[str, typer.Argument(help="id of a task, or its beginning")]


@app.command("list")
def list_(
    programme: Programme = "",
    person: Annotated[str, typer.Option(help="address or id")] = "",
    school: Annotated[int, typer.Option(help="URN")] = 0,
    task: Annotated[str, typer.Option(help="key of a task in the template")] = "",
    state: Annotated[str, typer.Option(help=", ".join(get_args(TaskStanding)))] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List tasks, the earliest due first; of every programme where none is named."""
    query = ListTasks(
        programme_id=lookup.programme(programme).programme_id if programme else "",
        person_id=lookup.person_id(person, programme) if person else "",
        school_id=lookup.school_id(school) if school else "",
        task=task,
        state=parsing.state(state, TaskStanding),
        limit=limit,
        offset=offset,
    )
    found = find(query, TaskRows)
    names = lookup.names(one for row in found.tasks for one in row.person_ids)
    rows = [
        (row.due, row.state, row.title, _people(row, names), row.programme, row.reminded or "", short(row.task_id))
        for row in found.tasks
    ]
    columns = ("due", "state", "what", "who", "programme", "#reminded", "id")
    emit(found, table(f"Tasks ({found.total:,}, {found.owed:,} of them owed)", columns, rows))


@app.command("show")
def show(task: Task) -> None:
    """One task: whose it is, about what, and what became of it so far."""
    found = find(ShowTask(task_id=lookup.task(task).task_id), TaskDetail)
    row, names = found.task, lookup.names(found.task.person_ids)
    lines = [
        f"{row.title} ({row.programme})",
        f"Owed by {_people(row, names)}, until {row.due}: {row.state}.",
        f"To do: {row.do} {row.of}, about {row.about} {row.about_id}.",
        *(f"{step.on} {step.what}{f' ({step.why})' if step.why else ''}" for step in found.history),
        *([f"Reminders on {', '.join(map(str, found.reminders))}."] if found.reminders else []),
        *([f"Why: {found.note}"] if found.note else []),
    ]
    emit(found, "\n".join(lines))


@app.command("excuse")
def excuse(task: Task, reason: Annotated[str, typer.Argument(help="why; it stays with the task")]) -> None:
    """Let somebody off: nobody is asked or reminded any more."""
    done = ask(ExcuseTask(task_id=lookup.task(task).task_id, reason=reason))
    emit(done, done.sentence)


@app.command("paid")
def paid(task: Task) -> None:
    """Say that a payment has come: nobody is reminded any more. To postpone one, excuse it with the reason."""
    done = ask(MarkPaid(task_id=lookup.task(task).task_id))
    emit(done, done.sentence)


def _people(row: TaskRow, names: dict[str, str]) -> str:
    return ", ".join(names[one] for one in row.person_ids)
