"""What a morning brings for one task."""

import datetime as dt

import pytest

from services.tasks.domain.decisions.mornings import morning
from services.tasks.domain.decisions.people import confirm, excuse_task, known
from services.tasks.domain.records import TaskRecord
from shared.errors import Rejected
from tests.unit.tasks.world import CALENDAR, OPENS

DUE = dt.date(2026, 9, 21)
REMINDERS = (dt.date(2026, 9, 14), dt.date(2026, 9, 18), dt.date(2026, 9, 22))


def record(**changes):
    given = {
        "task_id": "tsk-1", "programme_id": "prg-1", "thing_id": "thing", "task": "note", "do": "form", "of": "note",
        "person_ids": ("per-1",), "about": "school", "about_id": "sch-1", "opened": OPENS, "due": DUE,
        "reminders": REMINDERS, "state": "open", "seen_on": OPENS, "version": 1,
    }  # fmt: skip
    return TaskRecord(**{**given, **changes})


def seen(task, *days):
    """What is published on these mornings, and when the next is."""
    told = []
    for day in days:
        change = morning(task, day, CALENDAR, ("per-head",))
        task = change.record
        told += [(type(event).__name__, day.day) for event in change.events]
    return told, task


def facts_of(change):
    """What the change's only event says."""
    (event,) = change.events
    return event.model_dump()


def days(first, last):
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def test_the_silent_are_reminded_on_the_days_the_template_names_and_missed_once():
    told, task = seen(record(), *days(OPENS, dt.date(2026, 9, 30)))
    assert told == [("TaskReminded", 14), ("TaskReminded", 18), ("TaskMissed", 22), ("TaskReminded", 22)]
    assert (task.state, task.reminded, task.next_on) == ("missed", 3, None)


def test_no_morning_is_needed_but_those_it_waits_for():
    _, task = seen(record(), OPENS)
    mornings = []
    while task.next_on:
        mornings.append(task.next_on)
        _, task = seen(task, task.next_on)
    assert mornings == [*REMINDERS[:2], dt.date(2026, 9, 22)]


def test_after_a_long_sleep_one_reminder_goes_out_and_none_when_it_is_too_late():
    assert seen(record(), dt.date(2026, 9, 20))[0] == [("TaskReminded", 20)]
    assert seen(record(), dt.date(2026, 10, 20))[0] == [("TaskMissed", 20), ("TaskReminded", 20)]
    assert seen(record(reminders=REMINDERS[:2]), dt.date(2026, 10, 20))[0] == [("TaskMissed", 20)]


def test_what_was_planned_is_asked_on_its_day():
    planned = record(state="planned", seen_on=None, version=0)
    assert seen(planned, OPENS - dt.timedelta(days=1))[0] == []
    told, task = seen(planned, OPENS)
    assert (told, task.version, task.next_on) == ([("TaskAsked", 7)], 1, REMINDERS[0])


@pytest.mark.parametrize("state", ["done", "excused"])
def test_nobody_is_chased_for_what_is_done_or_excused(state):
    told, task = seen(record(state=state), dt.date(2026, 10, 1))
    assert (told, task.next_on) == ([], None)


def test_missed_tells_whom_the_template_names():
    change = morning(record(reminders=()), dt.date(2026, 9, 22), CALENDAR, ("per-head",))
    assert facts_of(change)["tell"] == ("per-head",)


def test_what_is_due_on_a_friday_is_missed_on_monday():
    task = record(due=dt.date(2026, 9, 18), reminders=())
    _, task = seen(task, OPENS)
    assert task.next_on == dt.date(2026, 9, 21)


def test_a_task_is_confirmed_by_who_was_asked():
    task = record(do="confirm", of="Told the governors")
    change = confirm(task, "per-1", DUE)
    assert change.record.state == "done"
    assert (facts_of(change)["by"], facts_of(change)["late"]) == ("per-1", False)
    assert confirm(change.record, "per-1", DUE).events == ()
    with pytest.raises(Rejected, match="not-entitled"):
        confirm(task, "per-2", DUE)
    with pytest.raises(Rejected, match="not-to-confirm"):
        confirm(record(), "per-1", DUE)
    with pytest.raises(Rejected, match="not-open"):
        confirm(record(do="confirm", state="planned"), "per-1", DUE)
    with pytest.raises(Rejected, match="unknown-task"):
        known(None)


def test_a_coordinator_excuses_with_a_reason_that_no_event_carries():
    change = excuse_task(record(), "Ofsted came on Monday", DUE)
    assert (change.record.state, change.record.note) == ("excused", "Ofsted came on Monday")
    assert facts_of(change)["reason"] == "coordinator"
    assert facts_of(excuse_task(record(), "school-closed", DUE))["reason"] == "school-closed"
    assert excuse_task(change.record, "Ofsted came on Monday", DUE).events == ()
    with pytest.raises(Rejected, match="already-done"):
        excuse_task(record(state="done"), "late", DUE)
