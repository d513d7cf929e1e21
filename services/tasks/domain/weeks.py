"""What events of duties say happened: a week of somebody's duties is one thing, over and then ticked off or excused."""

from collections.abc import Callable
from typing import Any

from services.tasks.domain.happening import Found, Happening
from shared.events import duties
from shared.events.base import Event
from shared.template.kinds import WEEK

TICKED = "ticked"


def _week(*states: str) -> Callable[[Any], Found]:
    def read(event: Any) -> Found:
        yield Happening(
            programme_id=event.programme_id,
            kind=WEEK,
            about_id=event.week_id,
            source=WEEK,
            version=event.version,
            anchor=WEEK,
            states=states,
            facts={
                "key": WEEK,
                "day": event.last,
                "school_id": event.school_id,
                "person_id": event.person_id,
                "attendee_ids": (event.person_id,),
                "gone": getattr(event, "reason", ""),
            },
        )

    return read


WEEKS: dict[type[Event], Callable[[Any], Found]] = {
    duties.DutyWeekEnded: _week("ended"),
    duties.DutyWeekExcused: _week(),
    duties.DutyWeekTicked: _week(TICKED),
}
"""Event -> what it says happened."""
