"""Calendar data: what is imported, closures, and the days that people have ruled out since they enrolled."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.domain.calendars.inspections import Inspections
from services.scheduling.domain.calendars.records import AuthorityCalendar, ExamYear, HolidayYear

__all__ = ["CalendarData", "DaysOff"]


class CalendarData(Protocol):
    """Term dates, examination windows and bank holidays."""

    async def in_force(self, authorities: Iterable[str] | None = None) -> Calendars:
        """All calendars, or with the term dates of these authorities only."""
        ...

    async def put(self, calendar: AuthorityCalendar) -> None:
        """Save an authority's imported term dates."""
        ...

    async def put_exams(self, years: Iterable[ExamYear]) -> None:
        """Save imported exam windows, each school year whole."""
        ...

    async def put_holidays(self, years: Iterable[HolidayYear]) -> None:
        """Save imported bank holidays, each calendar year whole."""
        ...


class DaysOff(Protocol):
    """Closure days of schools, and days on which people cannot come or cohorts pause."""

    async def close(self, school_id: str, days: Iterable[dt.date]) -> None:
        """Note closure days of a school."""
        ...

    async def closures(self, schools: Iterable[str]) -> dict[str, list[dt.date]]:
        """Closure days and days of inspections by school, in order; schools without any are left out."""
        ...

    async def inspections(self, schools: Iterable[str]) -> dict[str, Inspections]:
        """Inspections by school; schools that never told of any are left out."""
        ...

    async def inspected_from(self, day: dt.date) -> list[Inspections]:
        """The schools with an inspection on that day or later, by id."""
        ...

    async def put_inspections(self, inspections: Inspections) -> None:
        """Save a school's inspections."""
        ...

    async def rule_out(self, person_id: str, days: Iterable[dt.date]) -> None:
        """Note days on which a person cannot come, or a cohort pauses."""
        ...

    async def ruled_out(self, people: Iterable[str]) -> dict[str, list[dt.date]]:
        """Those days by person, in order; people without any are left out."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person's days."""
        ...
