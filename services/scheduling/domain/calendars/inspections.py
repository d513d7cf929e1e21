"""The days on which schools are being inspected: noted, taken back, and what is told of them."""

import datetime as dt
from collections.abc import Iterable

from services.scheduling.domain.record import Record
from services.scheduling.planner.wording import in_words
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.inspections import SchoolInspected

__all__ = ["LONGEST", "Inspections", "noted", "stretches", "taken_back"]

LONGEST = dt.timedelta(days=28)
"""No inspection takes longer; a longer stretch is a mistyped year or month."""


class Inspections(Record):
    """A school's inspections, the earliest first. `version` counts what was told of them."""

    school_id: str
    windows: tuple[DateSpan, ...] = ()
    version: int = 0

    def days(self) -> set[dt.date]:
        """Every day of them."""
        return {day for one in self.windows for day in one.days()}

    def told(self) -> SchoolInspected:
        """All that stand now."""
        return SchoolInspected(version=self.version, school_id=self.school_id, windows=self.windows)


def noted(before: Inspections, first: dt.date, last: dt.date, today: dt.date) -> Inspections:
    """One more; what overlaps or follows at once becomes one.

    Raises Rejected: ends-before-it-begins, too-long, date-passed.
    """
    if last < first:
        raise Rejected("ends-before-it-begins", f"{in_words(last)} is before {in_words(first)}.")
    if last - first > LONGEST:
        long = (last - first).days + 1
        raise Rejected("too-long", f"An inspection takes at most {LONGEST.days} days; this is {long}.")
    if last < today:
        raise Rejected("date-passed", f"{in_words(last)} has passed; name days from {in_words(today)} on.")
    windows = _joined([*before.windows, DateSpan(first=first, last=last)])
    if windows == before.windows:
        return before
    return before.model_copy(update={"windows": windows, "version": before.version + 1})


def taken_back(before: Inspections, first: dt.date) -> Inspections:
    """Without the one that has that day. Raises Rejected("no-inspection")."""
    left = tuple(one for one in before.windows if not one.first <= first <= one.last)
    if left == before.windows:
        raise Rejected("no-inspection", f"No inspection is noted on {in_words(first)}.")
    return before.model_copy(update={"windows": left, "version": before.version + 1})


def stretches(days: Iterable[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each run of days that follow each other."""
    runs = _joined(DateSpan(first=day, last=day) for day in days)
    return [(one.first, one.last) for one in runs]


def _joined(spans: Iterable[DateSpan]) -> tuple[DateSpan, ...]:
    found: list[DateSpan] = []
    for one in sorted(spans, key=lambda span: (span.first, span.last)):
        if found and one.first <= found[-1].last + dt.timedelta(days=1):
            found[-1] = DateSpan(first=found[-1].first, last=max(found[-1].last, one.last))
        else:
            found.append(one)
    return tuple(found)
