"""Tasks: who owes something is asked and reminded, who is named for it is told that it was missed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.decisions.gathered import Gathered
from services.notifications.domain.details import NOTHING, OwedStage
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import Mail, compose_row
from services.notifications.domain.template_mails import slots
from services.notifications.domain.template_mails.people import Recipient, letter_to
from services.notifications.domain.template_mails.records import Owed
from services.notifications.domain.template_mails.routing import task_of
from shared.template import Template
from shared.template.kinds import RESUMED

KNOWN_ALREADY = frozenset({"changes-asked", "withdrawn", "changed", RESUMED})
"""Why something is owed again of which its people hear otherwise, or by their own doing."""


@dataclass(frozen=True)
class TaskRecords:
    """A task with its programme, and the people whom a mail about it is for."""

    programme: Programme
    template: Template
    task: Owed
    people: Sequence[Recipient]


def asked(records: TaskRecords, now: dt.datetime) -> Decision:
    """Ask everybody who owes it; who has been asked for the same task before gets no second mail."""
    return _to_owing(records, "asked", f"TaskAsked/{records.task.task_id}", now)


def asked_again(records: TaskRecords, now: dt.datetime) -> Decision:
    """Ask once more for what is owed again."""
    return _to_owing(records, "asked", f"TaskReopened/{records.task.task_id}/{records.task.version}", now)


def reminded(records: TaskRecords, reminder: int, now: dt.datetime) -> Decision:
    """Remind everybody who owes it."""
    return _to_owing(records, "reminded", f"TaskReminded/{records.task.task_id}/{reminder}", now)


def missed(records: TaskRecords, now: dt.datetime) -> Decision:
    """Tell those who are to know."""
    cause = f"TaskMissed/{records.task.task_id}/{records.task.version}"
    return Decision(tuple(_single(records, one, OwedStage(stage="missed"), cause, now) for one in records.people))


def _to_owing(records: TaskRecords, stage: str, cause: str, now: dt.datetime) -> Decision:
    declared = task_of(records.template, records.task.task)
    if declared is not None and declared.bundled:
        return Decision(gathered=tuple(_weekly(records, one, now) for one in records.people))
    details = OwedStage.model_validate({"stage": stage})
    return Decision(tuple(_single(records, one, details, cause, now) for one in records.people))


def _single(records: TaskRecords, someone: Recipient, details: OwedStage, cause: str, now: dt.datetime) -> Mail:
    declared = task_of(records.template, records.task.task)
    kind = "task-reminder" if details.stage == "reminded" else "task"
    letter = letter_to(someone, kind, essential=declared is None or declared.essential or details.stage == "missed")
    return compose_row(
        letter, cause, now, programme_id=records.programme.programme_id, refs=refs_of(records.task), details=details,
        sequence=records.task.version,
    )  # fmt: skip


def _weekly(records: TaskRecords, someone: Recipient, now: dt.datetime) -> Gathered:
    """One mail a person and week over all programmes. What stands in it is read when it is written."""
    letter = letter_to(someone, "weekly-tasks", essential=True)
    mails = [
        compose_row(
            letter, f"weekly/{slot.key}", now, programme_id=records.programme.programme_id, refs={}, details=NOTHING,
            not_before=slot.at,
        )
        for slot in slots.of_week(now, records.template.timezone)
    ]  # fmt: skip
    return Gathered(mails)


def refs_of(task: Owed) -> dict[str, str]:
    """Return the ids that a mail about a task needs."""
    return {"task": task.task_id, **({"school": task.school_id} if task.school_id else {})}
