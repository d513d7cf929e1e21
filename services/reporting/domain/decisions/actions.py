"""Actions of a plan: updated by the school's pair, and overdue once their day is over."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from services.reporting.domain.decisions.decision import Answered, Decision, Reminder, ReminderKey
from services.reporting.domain.entitlement import may_write_findings
from services.reporting.domain.facts import Member, Programme
from services.reporting.domain.forms import ActionState, Findings
from services.reporting.domain.status import OVERDUE, is_open
from shared.commands.base import Done
from shared.commands.reporting import UpdateAction
from shared.errors import Rejected
from shared.events.reporting import ActionOverdue, ActionUpdated

SAVED = "The action is saved."


@dataclass(frozen=True, kw_only=True)
class Updated(Answered[ActionState]):
    """`findings`: the findings with the action's new status, where they are kept."""

    findings: Findings | None = None


def known_action(form: UpdateAction, action: ActionState | None) -> ActionState:
    """Return the action that a form is about. Raises Rejected: unknown-action."""
    if action is None or action.gone or action.findings_id != form.findings_id:
        raise Rejected("unknown-action", "There is no such action in the plan.")
    return action


def update_action(
    form: UpdateAction,
    action: ActionState,
    programme: Programme,
    member: Member | None,
    *,
    findings: Findings | None,
    now: dt.datetime,
) -> Updated:
    """Change the status of an action; the same again changes nothing. Raises Rejected: unknown-school, not-entitled."""
    may_write_findings(programme, member, form.person_id)
    if action.status == form.status:
        return Updated(done=Done(id=action.action_id, version=action.version, sentence=SAVED))
    action = action.model_copy(update={"status": form.status, "version": action.version + 1})
    reminder = overdue_reminder(action, programme, programme.local_day(now))
    event = ActionUpdated(
        version=action.version,
        action_id=action.action_id,
        findings_id=action.findings_id,
        school_id=action.school_id,
        programme_id=action.programme_id,
        status=action.status,
    )
    return Updated(
        done=Done(id=action.action_id, version=action.version, sentence=SAVED),
        record=action,
        findings=findings.with_status(action.action_id, action.status) if findings else None,
        events=(event,),
        reminders=(reminder,) if isinstance(reminder, Reminder) else (),
        cancelled=(reminder,) if isinstance(reminder, ReminderKey) else (),
    )


def overdue(action: ActionState | None, programme: Programme | None, now: dt.datetime) -> Decision[ActionState]:
    """Publish that an action is overdue, unless it is done, dropped, gone or due later by now."""
    if action is None or action.gone or not is_open(action.status):
        return Decision()
    if programme is None:
        raise Rejected("unknown-programme", "There is no such programme.")
    if action.due >= programme.local_day(now):
        return Decision()
    action = action.model_copy(update={"version": action.version + 1})
    event = ActionOverdue(
        version=action.version,
        action_id=action.action_id,
        findings_id=action.findings_id,
        school_id=action.school_id,
        programme_id=action.programme_id,
        due=action.due,
    )
    return Decision(record=action, events=(event,))


def planned_actions(
    findings: Findings, before: Mapping[str, ActionState]
) -> tuple[list[ActionState], list[ActionState]]:
    """Return the actions of findings as they stand, and those of before that are in the plan no more."""
    planned = [
        ActionState(
            action_id=action_id,
            findings_id=findings.findings_id,
            programme_id=findings.programme_id,
            school_id=findings.school_id,
            due=action.due,
            status=action.status,
            version=before[action_id].version if action_id in before else 0,
        )
        for action_id, action in zip(findings.action_ids, findings.actions, strict=True)
    ]
    gone = [action for key, action in before.items() if key not in findings.action_ids]
    return planned, [action.model_copy(update={"gone": True}) for action in gone]


def overdue_reminder(action: ActionState, programme: Programme, today: dt.date) -> Reminder | ReminderKey:
    """Return the reminder to set for the day after the due date, or to cancel where there is nothing to wait for."""
    day_after = action.due + dt.timedelta(days=1)
    if is_open(action.status) and day_after > today:
        return Reminder(OVERDUE, action.action_id, programme.morning(day_after))
    return ReminderKey(OVERDUE, action.action_id)
