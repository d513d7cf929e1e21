"""The two ends of a range of days as people write it: 24 to 28 May 2027, 26/10/2026 - 30/10/2026."""

import re

from shared.tables.days import WEEKDAY

__all__ = ["RANGE", "ends_of"]

_NTH = r"(?:st|nd|rd|th)?"
_TO = r"(?:to|until|till|-|\u2013|\u2014)"
_SHORT = re.compile(
    rf"{WEEKDAY}(\d{{1,2}}){_NTH}\s*{_TO}\s*{WEEKDAY}(\d{{1,2}}){_NTH}\s+([a-z]{{3,9}}\s+\d{{4}})", re.IGNORECASE
)
_ONE_YEAR = re.compile(
    rf"({WEEKDAY}\d{{1,2}}{_NTH}\s+[a-z]{{3,9}})\s*{_TO}\s*({WEEKDAY}\d{{1,2}}{_NTH}\s+[a-z]{{3,9}})\s+(\d{{4}})",
    re.IGNORECASE,
)
RANGE = re.compile(r"\s+(?:to|until|till|through|-)\s+|\s*[\u2013\u2014]\s*|(?<=\d\d)-(?=\d{1,2}[/.])", re.IGNORECASE)


def ends_of(text: str) -> list[str]:
    """The first and the last day of a range, both with their month and year; one day, or whatever else, as it is."""
    if found := _SHORT.fullmatch(text):
        return [f"{found[1]} {found[3]}", f"{found[2]} {found[3]}"]
    if found := _ONE_YEAR.fullmatch(text):
        return [f"{found[1]} {found[3]}", f"{found[2]} {found[3]}"]
    return RANGE.split(text)
