"""Tasks."""

from kindred.cli.input.lookup.single import LEAST, one
from kindred.cli.session import find
from shared.commands.tasks import ListTasks, TaskRow, TaskRows


def task(named: str) -> TaskRow:
    """The task with that id or its beginning."""
    rows = find(ListTasks(named=named, limit=2), TaskRows).tasks if len(named) >= LEAST else ()
    return one(named, rows, "task")
