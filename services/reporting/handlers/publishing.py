"""Hands a decision's events and reminders to the unit of work."""

from services.reporting.domain.decisions.decision import Decision
from shared.bus import UnitOfWork

__all__ = ["publish"]


def publish(decision: Decision[object], work: UnitOfWork) -> None:
    """Publish its events, set its reminders and cancel those that it takes back."""
    for event in decision.events:
        work.publish(event)
    for reminder in decision.reminders:
        work.remind(reminder.kind, reminder.key, reminder.due, dict(reminder.data))
    for gone in decision.cancelled:
        work.cancel_reminder(gone.kind, gone.key)
