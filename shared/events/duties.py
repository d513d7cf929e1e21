"""What `scheduling` publishes of duties: once a person and week, whatever they had to do in it.

The days themselves are scheduling's, by query: a daily duty would be some two hundred events a year.
"""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact


class DutyWeekFacts(Fact):
    """Somebody's duties in the week from `monday`; `last` is the day from which they can be ticked off."""

    week_id: str
    programme_id: str
    person_id: str
    school_id: str | None = Field(None, description="the school of all of them; none: of several, or of none")
    monday: dt.date
    last: dt.date


class DutyWeekEnded(DutyWeekFacts, Event):
    """A week in which somebody had duties is over: they can be ticked off."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "week_id"
    due: int = Field(ge=1, description="how many days of duties there were")


class DutyWeekExcused(DutyWeekFacts, Event):
    """Nothing of a week that was told to be over is theirs to tick off any more; `reason` is of the excuses."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "week_id"
    reason: str


class DutyWeekTicked(DutyWeekFacts, Event):
    """Somebody has ticked off their duties of a week: all done, except some."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "week_id"
    done: int = Field(ge=0)
    not_done: int = Field(ge=0)
