"""Single cells of the register to values.

Each function takes the cell's text and returns a value, None for blank, or raises `ValueError` with a sentence that
says what is wrong with it.
"""

import datetime as dt
import re

from services.programmes.domain.tables.phones import corrected_phone
from shared.tables.days import written_day

__all__ = [
    "NOT_PUBLISHED",
    "any_date",
    "code",
    "date",
    "decimal",
    "metres",
    "telephone",
    "unpointed",
    "website",
    "whole",
]

NOT_PUBLISHED = frozenset({"", "SUPP", "NA", "N/A", "NP", "NE", "LOWCOV", "NEW", "DNS", "-", ".", "..", "X", "C", "Z"})
_POINTED = re.compile(r"^(\d+)\.0+$")
_WHOLE = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,6})?")
_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AP]M)?(?:Z|[+-]00:?00)?$", re.IGNORECASE)
_NO_DATE = re.compile(
    r"(?:nat|nan|(?:1900-01-0[01]|0[01]/01/(?:19)?00)(?:[ T]00:00(?::00)?)?|0001-01-01.*)", re.IGNORECASE
)
"""What pandas and spreadsheets write for no date; nothing here is as old."""
_WEBSITE = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+\.?(/\S*)?", re.IGNORECASE)


def whole(text: str) -> int | None:
    """A whole number; suppressed and missing figures ('SUPP', 'NA', '%') are None."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    figure = _figure(text)
    if figure in NOT_PUBLISHED:
        return None
    if not _WHOLE.fullmatch(figure):
        raise ValueError(f"{_shown(text)} is not a whole number.")
    return int(figure)


def decimal(text: str) -> float | None:
    """A percentage or other figure between 0 and 100; suppressed and missing ones are None."""
    figure = _figure(text)
    if figure in NOT_PUBLISHED:
        return None
    if not _DECIMAL.fullmatch(figure) or float(figure) > 100:
        raise ValueError(f"{_shown(text)} is not a percentage.")
    return float(figure)


def date(text: str) -> dt.date | None:
    """A date written dd-mm-yyyy (slashes also)."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if found is None and (_ISO.match(text) or _NO_DATE.fullmatch(text)):  # a program has saved the register anew
        return any_date(text)
    if found is None:
        raise ValueError(f"{_shown(text)} is not a date like 31-08-2026.")
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is no day of the calendar.") from error


def any_date(text: str) -> dt.date | None:
    """A date as people and programs write it, days before months; what programs write for no date is None."""
    if not text or _NO_DATE.fullmatch(text):
        return None
    return written_day(_TIME.sub("", text))


def metres(text: str) -> int | None:
    """A National Grid coordinate; 0 stands for unknown in the register."""
    value = whole(text)
    if value is None or value == 0:
        return None
    if value > 1_300_000:
        raise ValueError(f"{_shown(text)} lies outside the National Grid.")
    return value


def website(text: str) -> str | None:
    """A web address with its scheme; the register often leaves the scheme out, or writes it wrong."""
    if not text:
        return None
    if _WEBSITE.fullmatch(text):
        return text
    address = (
        re.sub(r"^(https?)[:;]?/*(?=www\.|[^/]*\.)", r"\1://", text, count=1, flags=re.IGNORECASE)
        if text[:4].lower() == "http"
        else text
    )
    if "://" not in address:
        address = f"http://{address}"
    if not _WEBSITE.fullmatch(address):
        raise ValueError(f"{_shown(text)} is not a web address.")
    return address


def code(text: str) -> str | None:
    """A code as it stands; blank is None."""
    return unpointed(text) or None


def unpointed(text: str) -> str:
    """A code without the .0 that a program adds which takes codes for numbers."""
    return _POINTED.sub(r"\1", text)


def telephone(text: str) -> str | None:
    """A telephone number, with the 0 that a spreadsheet took from it."""
    return corrected_phone(text) or None


def _figure(text: str) -> str:
    return unpointed(text.strip().rstrip("%").strip().replace(",", "").upper())


def _shown(text: str) -> str:
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
