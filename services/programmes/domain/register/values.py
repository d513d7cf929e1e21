"""Single cells of the register to values.

Each function takes the cell's text and returns a value, None for blank, or raises `ValueError` with a sentence that
says what is wrong with it.
"""

import datetime as dt
import re

from services.programmes.domain.tables.phones import corrected_phone

__all__ = ["NOT_PUBLISHED", "any_date", "code", "date", "decimal", "metres", "telephone", "website", "whole"]

NOT_PUBLISHED = frozenset({"", "SUPP", "NA", "N/A", "NP", "NE", "LOWCOV", "NEW", "DNS", "-", ".", "..", "X", "C", "Z"})
_WHOLE = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,6})?")
_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    if found is None:
        raise ValueError(f"{_shown(text)} is not a date like 31-08-2026.")
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is no day of the calendar.") from error


def any_date(text: str) -> dt.date | None:
    """A date written dd-mm-yyyy (slashes also) or yyyy-mm-dd."""
    if _ISO.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"{_shown(text)} is no day of the calendar.") from error
    return date(text)


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
    return text or None


def telephone(text: str) -> str | None:
    """A telephone number, with the 0 that a spreadsheet took from it."""
    return corrected_phone(text) or None


def _figure(text: str) -> str:
    return text.strip().rstrip("%").strip().replace(",", "").upper()


def _shown(text: str) -> str:
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
