"""Decisions: pure functions `(records, event, now) -> Decision`, one module for each subject."""

from services.notifications.domain.decisions.decision import Decision

__all__ = ["Decision"]
