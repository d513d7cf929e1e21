"""Duties that an entry of a form shows to be done."""

import datetime as dt
from collections.abc import Mapping

from services.scheduling.domain.duties.records import Duty, TickedWeek, monday

LATE = dt.timedelta(days=31)
"""For so long after its period an entry still counts for a day that was left."""


def shown(duty: Duty, ticks: Mapping[tuple[str, dt.date], TickedWeek], today: dt.date, by: str) -> TickedWeek | None:
    """What an entry of today says of the duty: the first day that was not done yet, of periods that have begun."""
    begins = duty.since
    for day in duty.days:
        ends = duty.end_of(day)
        before = ticks.get((duty.duty_id, monday(day)))
        done = before is not None and day in before.done
        if begins <= today <= ends + LATE and not done:
            fresh = TickedWeek(duty_id=duty.duty_id, programme_id=duty.programme_id, week=monday(day))
            return (before or fresh).said([day], [], by)
        begins = ends + dt.timedelta(days=1)
    return None
