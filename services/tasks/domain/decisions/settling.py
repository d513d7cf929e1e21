"""Brings the tasks about a thing to where they should be, by all that is known of it now.

The same facts lead to the same tasks, in whatever order they came; where nothing changes, nothing is published.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.tasks.domain.dates import Programming, anchor_of
from services.tasks.domain.decisions.changes import Change, asked, done, excused, reopened, scheduled
from services.tasks.domain.deeds import Deed, Evidence, Owing, deed
from services.tasks.domain.introductions import stand
from services.tasks.domain.layout import TIME, Case, Wanted, excuse, in_inspection, over, wanted
from services.tasks.domain.records import TaskRecord
from shared.events.base import Event
from shared.template import Task
from shared.template.excuses import INSPECTED
from shared.template.kinds import POSTPONED, RESUMED

COORDINATOR = "coordinator"
"""Why a task is excused when a coordinator says so: nothing that happens takes that back."""


@dataclass(frozen=True)
class Decision:
    """Tasks to save, tasks that nobody was ever told of and that fall away, and what is published."""

    records: tuple[TaskRecord, ...] = ()
    dropped: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()


def settle(shared: Programming, case: Case, evidence: Evidence, keys: Iterable[str] | None = None) -> Decision:
    """Decide about the thing's tasks: all of the template, or those with these keys and those that follow from them."""
    every = shared.template.tasks
    names = {task.key for task in every}
    left = [task for task in every if keys is None or task.key in keys]
    decided = Decision()
    while left:
        decision = _settled(shared, case, evidence, left)
        decided = _joined(decided, decision)
        case = replace(case, tasks=_with(case.tasks, decision))
        changed = {record.task for record in decision.records}
        left = [task for task in every if anchor_of(task.opens) in changed & names]
    return decided


def _settled(shared: Programming, case: Case, evidence: Evidence, tasks: list[Task]) -> Decision:
    known = {record.task_id: record for record in case.tasks if any(task.key == record.task for task in tasks)}
    changes = list[Change]()
    for one in wanted(shared, case, tasks):
        record = known.pop(one.task_id, None)
        became = deed(Owing.of(one), case, evidence)
        if over(case.thing, one.task) and not became.on:
            known |= {record.task_id: record} if record else {}
            continue
        changes.append(_brought(record or _new(one, case.thing.thing_id, shared), one, became, shared))
    by_key = {task.key: task for task in tasks}
    dropped = list[str]()
    for record in known.values():
        if record.state == "planned":
            dropped.append(record.task_id)
        else:
            changes.append(_no_longer(record, by_key[record.task], case, evidence, shared))
    before = {record.task_id: record for record in case.tasks}
    moved = [
        Change(scheduled(change.record, shared.calendar, shared.today), change.events)
        for change in changes
        if change.record != before.get(change.record.task_id)
    ]
    return Decision(
        records=tuple(change.record for change in moved),
        dropped=tuple(dropped),
        events=tuple(event for change in moved for event in change.events),
    )


def _new(one: Wanted, thing_id: str, shared: Programming) -> TaskRecord:
    do, of = one.task.do.kind_and_key()
    return TaskRecord(
        task_id=one.task_id,
        programme_id=shared.programme.programme_id,
        thing_id=thing_id,
        task=one.task.key,
        do=do,
        of=of,
        person_ids=one.person_ids,
        about=one.subject.about,
        about_id=one.subject.about_id,
        school_id=one.school_id,
        entry_id=one.entry_id,
        line_id=one.line_id,
        turn=one.turn,
        opened=one.opened,
        due=one.due,
        reminders=one.reminders,
        bundled=one.task.bundled,
        essential=one.task.essential,
        state="planned",
    )


def _brought(record: TaskRecord, one: Wanted, became: Deed, shared: Programming) -> Change:
    """The task as it should be now."""
    match record.state:
        case "planned":
            return _begun(record, one, became, shared)
        case "open" | "missed":
            return _going_on(record, one, became, shared)
        case "done":
            return _undone(record, one, became, shared)
        case _:
            return _back(record, one, became, shared)


def _begun(record: TaskRecord, one: Wanted, became: Deed, shared: Programming) -> Change:
    record = record.model_copy(
        update={"person_ids": one.person_ids, "opened": one.opened, "due": one.due, "reminders": one.reminders}
    )
    if became.on:
        return done(record, shared.today, became.on, became.by)
    return asked(record, shared.today) if one.opened <= shared.today else Change(record)


def _going_on(record: TaskRecord, one: Wanted, became: Deed, shared: Programming) -> Change:
    if became.on:
        return done(record, shared.today, became.on, became.by)
    change = Change(record)
    due = _due_again(one, became, shared)
    if due != record.due:
        change = reopened(record.model_copy(update={"reminders": one.reminders}), shared.today, "moved", due)
    if record.person_ids == one.person_ids:
        return change
    newly = tuple(person for person in one.person_ids if person not in record.person_ids)
    after = change.record.model_copy(update={"person_ids": one.person_ids})
    if not newly:
        return Change(after, change.events)
    more = asked(after, shared.today, newly=newly)
    return Change(more.record, (*change.events, *more.events))


def _undone(record: TaskRecord, one: Wanted, became: Deed, shared: Programming) -> Change:
    """Done stays done unless what was done no longer stands; it is then asked for on the day on which it opens.

    A task that comes again knows only of the last entry.
    """
    if became.on or not became.why or one.task.repeat:
        return Change(record)
    record = record.model_copy(update={"person_ids": one.person_ids, "reminders": one.reminders})
    if one.opened > shared.today:
        later = {"state": "planned", "opened": one.opened, "due": one.due, "done_on": None, "done_by": ""}
        return Change(record.model_copy(update=later))
    return reopened(record, shared.today, became.why, _due_again(one, became, shared))


def _back(record: TaskRecord, one: Wanted, became: Deed, shared: Programming) -> Change:
    """What was excused is owed again once its reason is gone; not if a coordinator excused it."""
    if became.on:
        return done(record, shared.today, became.on, became.by)
    if record.reason == COORDINATOR or record.note:
        return Change(record)
    again = record.reason == POSTPONED
    record = record.model_copy(update={"person_ids": one.person_ids, "reminders": one.reminders})
    if not again:
        return reopened(record, shared.today, "back", one.due)
    due = max(one.due, shared.calendar.shifted(shared.today, TIME))
    return reopened(record, shared.today, RESUMED, due)


def _due_again(one: Wanted, became: Deed, shared: Programming) -> dt.date:
    """The day it is due: with time enough where it is owed again since the thing came back to them."""
    if became.since is None:
        return one.due
    return max(one.due, shared.calendar.shifted(became.since, TIME))


def _no_longer(record: TaskRecord, task: Task, case: Case, evidence: Evidence, shared: Programming) -> Change:
    """A task that there should not be any more: done where it was done, else nobody owes it."""
    became = deed(Owing.kept(record, task), case, evidence) if record.state != "done" else Deed()
    if became.on:
        return done(record, shared.today, became.on, became.by)
    if not record.owed:
        return Change(record)
    return excused(record, shared.today, _reason(record, task, case, shared))


def _reason(record: TaskRecord, task: Task, case: Case, shared: Programming) -> str:
    if case.thing.gone and not shared.programme.still:
        return case.thing.gone
    if kind := excuse(shared, case.thing, task):
        return kind
    if in_inspection(case, task, record.school_id, record.due):
        return INSPECTED
    if over(case.thing, task):
        return "over"
    entry = next((one for one in case.entries if one.entry_id == record.entry_id), None)
    stands = entry is None or not (entry.withdrawn or (task.do.introduce and not stand(entry)))
    listed = entry is None or not record.line_id or record.line_id in {line.line_id for line in entry.lines}
    return "left" if stands and listed else "cancelled"


def _with(tasks: tuple[TaskRecord, ...], decision: Decision) -> tuple[TaskRecord, ...]:
    kept = {record.task_id: record for record in (*tasks, *decision.records)}
    return tuple(record for record in kept.values() if record.task_id not in decision.dropped)


def _joined(one: Decision, other: Decision) -> Decision:
    return Decision(_with(one.records, other), (*one.dropped, *other.dropped), (*one.events, *other.events))
