"""What a morning brings: planned tasks are asked, the silent are reminded, what is overdue is missed."""

import datetime as dt

from services.tasks.domain.calendar import Calendar
from services.tasks.domain.decisions.changes import Change, asked, missed, reminded, scheduled
from services.tasks.domain.records import TaskRecord
from shared.events.base import Event


def morning(
    record: TaskRecord, today: dt.date, calendar: Calendar, tell: tuple[str, ...], silent: tuple[str, ...] = ()
) -> Change:
    """The task after what is to be done about it today, whatever mornings were left out before.

    Of several reminders only one goes out; where the day is over, none that was meant to prevent that. `tell`: whom the
    template wants told when it is missed; `silent`: who of several is still to do their part.
    """
    if record.state == "planned" and record.opened <= today:
        change = asked(record, today)
        return Change(scheduled(change.record, calendar, today), change.events)
    events = list[Event]()
    ready = [day for day in record.reminders if (record.seen_on or record.opened) < day <= today]
    if record.state == "open" and record.due < today:
        change = missed(record, today, tell)
        record, ready = change.record, [day for day in ready if day > record.due]
        events.extend(change.events)
    if record.owed and ready:
        change = reminded(record, today, silent)
        record = change.record
        events.extend(change.events)
    return Change(scheduled(record, calendar, today), tuple(events))
