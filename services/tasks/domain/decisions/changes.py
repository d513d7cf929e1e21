"""A task from one state to the next, each with its event. What a change comes to is a `Change`."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.tasks.domain.calendar import Calendar
from services.tasks.domain.records import Happened, TaskRecord
from shared.events import tasks as told
from shared.events.base import Event


@dataclass(frozen=True)
class Change:
    """A task as it is afterwards, and what is published of it."""

    record: TaskRecord
    events: tuple[Event, ...] = ()


def asked(record: TaskRecord, today: dt.date, *, newly: tuple[str, ...] = ()) -> Change:
    """Somebody owes it from today; or these, too, where others owe it already."""
    update: dict[str, Any] = {} if newly else {"state": "open", "seen_on": today}
    after = _after(record, today, "asked", **update)
    return Change(after, (told.TaskAsked(**facts(after), bundled=after.bundled, newly=newly),))


def reminded(record: TaskRecord, today: dt.date, silent: tuple[str, ...] = ()) -> Change:
    """The silent are reminded: these of them where others have done their part, else all."""
    after = _after(record, today, "reminded", reminded=record.reminded + 1, seen_on=today)
    event = told.TaskReminded(
        **facts(after), reminder=after.reminded, essential=after.essential, bundled=after.bundled, silent=silent
    )
    return Change(after, (event,))


def done(record: TaskRecord, today: dt.date, on: dt.date, by: str) -> Change:
    """It was done on that day."""
    after = _after(record, today, "done", state="done", done_on=on, done_by=by, reason="")
    return Change(after, (told.TaskDone(**facts(after), by=by, on=on, late=on > after.due),))


def missed(record: TaskRecord, today: dt.date, tell: tuple[str, ...]) -> Change:
    """Its day is over, and it is still owed."""
    after = _after(record, today, "missed", state="missed", seen_on=today)
    return Change(after, (told.TaskMissed(**facts(after), tell=tell),))


def excused(record: TaskRecord, today: dt.date, reason: str, note: str = "") -> Change:
    """Nobody owes it any more. `note` is the coordinator's own words, which no event carries."""
    after = _after(record, today, "excused", state="excused", reason=reason, note=note, why=reason)
    return Change(after, (told.TaskExcused(**facts(after), reason=reason),))


def reopened(record: TaskRecord, today: dt.date, reason: str, due: dt.date) -> Change:
    """It is owed again, or until another day."""
    state = "open" if due >= today or not record.owed else record.state
    fields = {"state": state, "due": due, "seen_on": today, "done_on": None, "done_by": "", "reason": "", "note": ""}
    after = _after(record, today, "reopened", **fields, why=reason)
    return Change(after, (told.TaskReopened(**facts(after), reason=reason),))


def facts(record: TaskRecord) -> dict[str, Any]:
    """What every event of a task says."""
    return record.model_dump(include={*told.TaskFacts.model_fields, "version"})


def scheduled(record: TaskRecord, calendar: Calendar, today: dt.date) -> TaskRecord:
    """The task with the next morning on which something is to be done about it, after today."""
    tomorrow = today + dt.timedelta(days=1)
    ahead = [day for day in record.reminders if day >= tomorrow]
    match record.state:
        case "planned":
            days = [max(record.opened, tomorrow)]
        case "open":
            days = [*ahead, calendar.working(max(record.due + dt.timedelta(days=1), tomorrow))]
        case "missed":
            days = ahead
        case _:
            days = []
    return record.model_copy(update={"next_on": min(days, default=None)})


def _after(record: TaskRecord, today: dt.date, what: str, *, why: str = "", **changes: Any) -> TaskRecord:
    history = (*record.history, Happened(what=what, on=today, why=why))
    return record.model_copy(update={**changes, "history": history, "version": record.version + 1})
