"""What may be asked of `scheduling` about days that suit most of many people."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.commands.scheduling_dates import PersonId
from shared.events.base import DateSpan

MOST_PEOPLE, MOST_STRETCHES = 5000, 12


class SuitingDay(Reply):
    """A day, and who cannot come."""

    on: dt.date
    missing: tuple[str, ...] = ()


class SuitingDays(Reply):
    """One day in each stretch, in order, and how many people were looked at."""

    people: int
    days: tuple[SuitingDay, ...]


class FindSuitingDays(Query):
    """One day in each of several stretches of time on which the fewest of these people are missing; nothing is saved.

    Somebody can come when their school is open by its authority's term dates, neither they nor it have ruled the day
    out, and no visit, event or day held for or agreed with others takes it. A call does not take a day; who is enrolled
    at no school is bound by no term dates.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = SuitingDays
    seconds: ClassVar[float] = 60.0
    person_ids: tuple[PersonId, ...] = Field(min_length=1, max_length=MOST_PEOPLE)
    stretches: tuple[DateSpan, ...] = Field(
        min_length=1, max_length=MOST_STRETCHES, description="one day is wanted in each; in order, none within another"
    )
    weeks_apart: int = Field(3, ge=0, le=26, description="weeks of working days between one day and the next at least")
    weekdays: tuple[Annotated[int, Field(ge=0, le=4)], ...] = Field(
        (3, 4), min_length=1, max_length=5, description="0 is Monday; another weekday is taken where more can come"
    )
