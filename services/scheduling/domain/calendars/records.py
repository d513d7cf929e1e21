"""Imported calendar data, as it is stored."""

import datetime as dt
import re

from services.scheduling.domain.record import Record
from shared.errors import Rejected
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


def must_be_a_code(authority_code: str) -> None:
    """Raises Rejected("unknown-authority") for what cannot be the code of a local authority."""
    if not re.fullmatch(r"[0-9]{3}", authority_code):
        sentence = f"'{authority_code[:60]}' is no code of a local authority, which has three digits, such as 373."
        raise Rejected("unknown-authority", sentence)
