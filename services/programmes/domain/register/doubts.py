"""Dates with the month first: what a register becomes when an American spreadsheet saves it again.

One date that is a day only if its month comes first makes every date of the file doubtful that can be read both ways.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import fields

from services.programmes.domain.register.school import School
from shared.tables.cells import shown
from shared.tables.problems import Problem
from shared.tables.records import Record, separated

__all__ = ["either_way", "misread", "month_first", "month_first_in"]

_SURE = re.compile(r"(?<![\d/-])(?:0?[1-9]|1[0-2])[-/](?:1[3-9]|2\d|3[01])[-/]\d{4}(?![\d/-])")
_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{4}")


def month_first(lines: Callable[[], Iterable[str]], places: Collection[int]) -> str:
    """What shows that months come first in one of these columns, as a clause; '' if nothing does.

    `lines` gives the lines of the file, from its beginning each time; they are taken apart only if one of them holds
    such a date at all.
    """
    if not any(_SURE.search(line) for line in lines()):
        return ""
    return month_first_in(separated(lines()), places)


def month_first_in(rows: Iterable[Record | Problem], places: Collection[int]) -> str:
    """The same, of rows that are at hand."""
    for row in rows:
        cells = row.cells if isinstance(row, Record) else []
        found = next((cells[at] for at in places if at < len(cells) and _SURE.fullmatch(cells[at].strip())), None)
        if found is not None:
            return f"line {row.line} has the date {shown(found.strip())}, which is a day only if its month comes first"
    return ""


def misread(old: School, new: School) -> frozenset[str]:
    """The fields in which a file says what is known, but read in another encoding: 'FiertÃ©' for 'Fierté'."""
    return frozenset(
        name.name
        for name in fields(School)
        if isinstance(text := getattr(new, name.name), str)
        and not text.isascii()
        and _recoded(text) == getattr(old, name.name)
    )


def _recoded(text: str) -> str | None:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def either_way(text: str) -> bool:
    """Whether a date is another day if its month comes first, or none if its day does."""
    found = _DATE.fullmatch(text)
    return found is not None and int(found[1]) <= 12 and found[1] != found[2]
