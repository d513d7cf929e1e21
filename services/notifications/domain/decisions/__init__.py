"""What follows from each event: pure functions `(records, event, now) -> Decision`, one module a subject."""

from services.notifications.domain.decisions.decision import Decision

__all__ = ["Decision"]
