"""A whole cohort's dates without its people."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from services.scheduling.domain.visits.records import EnrolmentRecord, EventPart, VisitDate
from services.scheduling.planner.model import Dates

__all__ = ["Outline"]


class Outline(Protocol):
    """A cohort's calendar in outline: light enough for a country's, whole."""

    async def visits(self, cohort_id: str, first: dt.date) -> list[VisitDate]:
        """The days of a cohort's visits from a date on."""
        ...

    async def visits_a_day(self, cohort_id: str) -> tuple[Mapping[dt.date, int], Dates]:
        """How many visits that are not cancelled a cohort has on each day, and the days of those that are pinned."""
        ...

    async def any_visit_on(self, cohort_id: str, day: dt.date) -> bool:
        """Whether a visit of the cohort that is not cancelled is on a day."""
        ...

    async def first_and_last(self, cohort_id: str) -> Sequence[dt.date]:
        """The first and the last day of the cohort's visits that are not cancelled; none without visits."""
        ...

    async def groups_on(self, cohort_id: str, days: Iterable[dt.date]) -> set[str]:
        """The groups of a cohort with a visit that is not cancelled on one of these days."""
        ...

    async def events(self, cohort_id: str) -> list[EventPart]:
        """All events of a cohort by date, part by part, without their people."""
        ...

    async def schools(self, programme_id: str, schools: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments of these schools, without their people."""
        ...
