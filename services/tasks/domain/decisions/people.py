"""What people ask for: to confirm a task, to excuse one."""

import datetime as dt

from services.tasks.domain.decisions.changes import Change, done, excused
from services.tasks.domain.decisions.settling import COORDINATOR
from services.tasks.domain.records import TaskRecord
from shared.errors import Rejected
from shared.template import Task
from shared.template.kinds import EXCUSES


def confirm(record: TaskRecord, person_id: str, today: dt.date) -> Change:
    """Somebody confirms it; confirming again changes nothing. Raises Rejected."""
    if record.do != "confirm":
        raise Rejected("not-to-confirm", "This task is done on its own page; it is not confirmed.")
    if person_id not in record.person_ids:
        raise Rejected("not-entitled", "Only who was asked can confirm this.")
    if record.state == "done":
        return Change(record)
    if not record.owed:
        raise Rejected("not-open", "Nobody is asked for this now.")
    return done(record, today, today, person_id)


def pay(record: TaskRecord, task: Task | None, today: dt.date) -> Change:
    """The coordinator knows that it is paid; again changes nothing. Raises Rejected for what is no payment."""
    if task is None or not task.pays:
        raise Rejected("no-payment", "This task is no payment.")
    if record.state == "done":
        return Change(record)
    return done(record, today, today, "")


def excuse_task(record: TaskRecord, reason: str, today: dt.date) -> Change:
    """The coordinator lets somebody off; the same again changes nothing. Raises Rejected."""
    if record.state == "done":
        raise Rejected("already-done", "This task is done; there is nothing to excuse.")
    if record.state == "excused" and record.note == reason:
        return Change(record)
    kind = reason if reason in EXCUSES else COORDINATOR
    return excused(record, today, kind, note=reason)


def known(record: TaskRecord | None) -> TaskRecord:
    """The task. Raises Rejected: unknown-task."""
    if record is None:
        raise Rejected("unknown-task", "There is no such task.")
    return record
