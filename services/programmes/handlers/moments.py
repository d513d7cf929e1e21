"""Reminders of a programme's clock: one for each moment that is a day of the calendar."""

import datetime as dt

from services.programmes.domain.clock import Due, due_moments
from services.programmes.domain.programme import closes_by_itself
from services.programmes.domain.records import Programme
from shared.bus import UnitOfWork

__all__ = ["MOMENT", "UNTIL", "watch"]

UNTIL = "enrolment-until"
"""The reminder to close an enrolment that was opened again."""
MOMENT = "moment"
"""The reminder that a moment of a programme's clock has come."""


def watch(programme: Programme, work: UnitOfWork, since: dt.datetime | None = None) -> None:
    """Set the reminders of the moments from `since` on, or of all, and of an enrolment that closes by itself."""
    for due, at in due_moments(programme):
        if since is None or at >= since:
            work.remind(MOMENT, due.key, at, _data(due))
    if over := closes_by_itself(programme):
        work.remind(UNTIL, programme.programme_id, over)


def _data(due: Due) -> dict[str, str]:
    return {"programme_id": due.programme_id, "moment": due.moment, "state": due.state, "on": due.on.isoformat()}
