"""What may be asked of `scheduling` about duties that recur."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.commands.scheduling_dates import PersonId

Cadence = Literal[
    "daily", "weekly", "fortnightly", "monthly", "six-a-year", "termly", "twice-a-year", "yearly", "as-needed"
]


class GapRow(Reply):
    """A period in which no day is possible, and why."""

    first: dt.date
    last: dt.date
    sentence: str


class SeriesRow(Reply):
    """A rule as in RFC 5545: `first` is its first day, `until` its last; `exceptions` are days that it must leave out.

    Without a rule `freq` is empty and all days are `singles`.
    """

    freq: Literal["", "WEEKLY", "MONTHLY"] = ""
    interval: int = 1
    by_day: str = Field("", description="such as TH, or 2TH for the second Thursday of a month")
    first: dt.date | None = None
    until: dt.date | None = None
    exceptions: tuple[dt.date, ...] = ()
    singles: tuple[dt.date, ...] = ()


class CommitmentDays(Reply):
    """A duty's days in a school year. `moved`: those that are not on its usual weekday, for it was not possible."""

    cadence: Cadence
    days: tuple[dt.date, ...]
    moved: tuple[dt.date, ...] = ()
    gaps: tuple[GapRow, ...] = ()
    series: SeriesRow = SeriesRow.model_construct()
    timezone: str
    calendar: str = Field("", description="whose term dates were used, and whether they are plausible defaults")


class LayOutCommitment(Query):
    """The days of a recurring duty in a school year: school days, on which all of these people can. Nothing is saved.

    Names a school or an authority.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CommitmentDays
    cadence: Cadence
    year: int = Field(ge=2000, le=2100, description="calendar year of its September")
    school_id: str = ""
    authority_code: str = ""
    person_ids: tuple[PersonId, ...] = Field((), max_length=50)
