"""Imported calendar data, as it is stored."""

import datetime as dt

from services.scheduling.domain.record import Record
from shared.events.programmes import Phase


class AuthorityCalendar(Record):
    """Term dates that were imported for an authority."""

    authority_code: str
    source: str
    days: tuple[dt.date, ...]


class ExamWindow(Record):
    """Days on which schools of these phases host no visit."""

    name: str = ""
    first: dt.date
    last: dt.date
    phases: tuple[Phase, ...]


class ExamYear(Record):
    """The imported exam windows of the school year that began in `year`."""

    year: int
    source: str
    windows: tuple[ExamWindow, ...]


class HolidayYear(Record):
    """The imported bank holidays of a calendar year."""

    year: int
    source: str
    days: tuple[dt.date, ...]
