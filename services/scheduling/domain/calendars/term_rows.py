"""What one row of a term table says: an entry, and with it the half-term that some tables give in the same row."""

import datetime as dt
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from services.scheduling.domain.calendars.term_columns import TERM_ITSELF
from services.scheduling.domain.calendars.titles import Entry
from services.scheduling.domain.local_time import LONDON
from shared.tables.cells import cell_fault, is_blank, tidy
from shared.tables.days import written_day
from shared.tables.problems import Problem
from shared.tables.records import Record
from shared.tables.sheets import column_letters
from shared.tables.spans import ends_of

__all__ = ["cell_of", "entries_of", "is_cancelled"]

Places = Mapping[str, int]
_OF_ITS_KIND = re.compile(r"\b(term|half|holidays?|break|inset|days?|closed|closure|vacation)\b", re.IGNORECASE)
_TIME = re.compile(r"(?<=\d)[ T,]+\d{1,2}[:.]\d{2}(:\d{2}(\.\d+)?)?\s?([ap]m)?$", re.IGNORECASE)
_BESIDE = re.compile(r"\s*\((am|pm|all day|inclusive)\)$", re.IGNORECASE)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s?([ap]m)?", re.IGNORECASE)
_YES = frozenset({"true", "yes", "y", "1"})
_CANCELLED = frozenset({"cancelled", "canceled"})


def cell_of(row: Record | Problem, at: int | None) -> str:
    """The text of a cell, '' where the row has none."""
    cells = row.cells if isinstance(row, Record) else []
    return "" if at is None or at >= len(cells) or is_blank(cells[at]) else tidy(cells[at])


def is_cancelled(row: Record | Problem, places: Places) -> bool:
    """Whether the row says of itself that it does not take place."""
    return cell_of(row, places.get("status")).casefold() in _CANCELLED


def entries_of(row: Record | Problem, places: Places, heading: str, longest: int) -> list[Entry]:
    """The entries of a row, none where it names no day. Raises ValueError with a clause that says what is wrong."""
    if isinstance(row, Problem):
        raise ValueError(row.reason.rstrip("."))  # noqa: TRY004 - a fault of the file like every other
    for at in sorted(places.values()):
        if fault := row.faults.get(at) or cell_fault(cell_of(row, at)):
            raise ValueError(f"column {column_letters(at)}: {fault.rstrip('.')}")
    title = cell_of(row, places["title"])
    span = _span(row, places, ("first", "last"), title, longest)
    half = _span(row, places, ("half first", "half last"), f"the half-term of '{title[:40]}'", longest)
    if (span or half) and not title:
        raise ValueError("it does not say what it is")
    named = title if heading != TERM_ITSELF or _OF_ITS_KIND.search(title) else f"{title} term"
    found = [Entry(named, *span, _hours(row, places, span))] if span else []
    return [*found, Entry(f"{named}: half-term holiday", *half)] if half else found


def _span(
    row: Record, places: Places, columns: tuple[str, str], title: str, longest: int
) -> tuple[dt.date, dt.date] | None:
    """The first and last day that two columns give, or one column as a range; None where both are blank."""
    first, last = (cell_of(row, places.get(what)) for what in columns)
    if not first and not last:
        return None
    if not first:
        raise ValueError(f"{_quoted(title)} has a last day and no first")
    ends = ends_of(first) if not last else [first, last]
    begins, ends_on = _day(ends[0]), _day(ends[-1])
    if len(ends) > 2:
        raise ValueError(f"'{first[:60]}' is not one day or one range of days")
    if ends_on < begins:
        raise ValueError(f"{_quoted(title)} ends on {ends_on:%d/%m/%Y}, before it begins")
    if (ends_on - begins).days >= longest:
        raise ValueError(f"{_quoted(title)} lasts over {longest} days")
    return begins, ends_on


def _quoted(title: str) -> str:
    return title if title.startswith("the half-term") else f"'{title[:40]}'"


def _hours(row: Record, places: Places, span: tuple[dt.date, dt.date]) -> float | None:
    """How long it lasts on its day, where the table gives hours and does not say that it is the whole day."""
    if span[0] != span[1] or cell_of(row, places.get("all day")).casefold() in _YES:
        return None
    begins, ends = (_clock(cell_of(row, places.get(what))) for what in ("begins at", "ends at"))
    return ends - begins if begins is not None and ends is not None and ends > begins else None


def _clock(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    afternoon = (found[3] or "").casefold() == "pm" and int(found[1]) < 12
    return int(found[1]) + int(found[2]) / 60 + (12 if afternoon else 0)


def _day(written: str) -> dt.date:
    if _INSTANT.fullmatch(written):
        return dt.datetime.fromisoformat(written.upper()).astimezone(ZoneInfo(LONDON)).date()
    try:
        return written_day(_TIME.sub("", _BESIDE.sub("", written)))
    except ValueError as error:
        said = str(error).rstrip(".")
        raise ValueError(f"{said}; days are written like 03/09/2026, the day before the month") from None
