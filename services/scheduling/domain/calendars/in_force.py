"""The calendar data in force: imported data takes the place of what comes with Kindred."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.scheduling.domain.calendars.term_dates import calendar, school_year
from services.scheduling.planner import model


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendar data in force: imported or shipped terms by authority code, and one for all others."""

    terms: Mapping[str, model.TermCalendar]
    default: model.TermCalendar
    bank_holidays: model.Dates
    exams: Mapping[str, model.Dates]

    def of(self, authority_code: str) -> model.TermCalendar:
        """The terms of an authority, or the generated ones."""
        return self.terms.get(authority_code, self.default)


def covers(terms: model.TermCalendar, year: int) -> bool:
    """Whether a calendar holds school days of a school year."""
    return any(school_year(day) == year for day in terms.days)


def imported(authority_code: str, source: str, days: Iterable[dt.date]) -> model.TermCalendar:
    """An imported list of school days as a calendar."""
    return calendar(authority_code, source, days)
