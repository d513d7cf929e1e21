"""The events of a calendar file (iCalendar, RFC 5545), whatever program has saved it, as entries of a term file.

What is cancelled, or stands there again under the same UID with a later SEQUENCE, is passed over and counted.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from icalendar import Calendar, Component

from services.scheduling.domain.calendars.ics_events import entry_of, wrong_with
from services.scheduling.domain.calendars.reading import whole
from services.scheduling.domain.calendars.titles import Entry
from shared.errors import Rejected

__all__ = ["calendar_entries", "calendar_text"]

_BEGIN = re.compile(r"BEGIN:VCALENDAR", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 2000
_PROPERTY = re.compile(r"[A-Za-z0-9-]+[:;]")


def calendar_text(content: bytes) -> str | None:
    """The text of a calendar file, None where it is none."""
    if content.startswith(_WIDE):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    return text if _BEGIN.search(text[:_LOOKED_AT]) else None


def calendar_entries(text: str, longest: int) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries of at most `longest` days, and what was passed over.

    Raises Rejected with everything that is wrong with the file.
    """
    readable, strange = _without_strange_lines(text)
    calendars = _calendars(readable)
    events = [event for each in calendars for event in each.walk("VEVENT")]
    if not events:
        raise Rejected("calendar-file", "This calendar file holds no event.")
    named = zip(events, _named(events, text), strict=True)
    wrong = [f"{name}: {found}" for event, name in named if (found := wrong_with(event, longest))]
    if wrong:
        raise Rejected("calendar-file", f"Nothing was taken in: {whole('this calendar file', wrong)}.")
    held = [event for each in calendars for event in each.walk("VEVENT") if not _cancelled(event, each)]
    latest = _latest(held)
    notes = (
        _passed(len(events) - len(held), "entry that is cancelled", "entries that are cancelled"),
        _passed(len(held) - len(latest), "entry that is given anew", "entries that are given anew"),
        _passed(strange, "line that no calendar has", "lines that no calendar has"),
    )
    return [entry_of(one) for one in latest], tuple(filter(None, notes))


def _passed(number: int, one: str, several: str) -> str:
    if not number:
        return ""
    return f"1 {one} was passed over." if number == 1 else f"{number} {several} were passed over."


def _calendars(text: str) -> Sequence[Component]:
    begun, ended = (text.upper().count(f"{word}:VCALENDAR") for word in ("BEGIN", "END"))
    why = "it breaks off before END:VCALENDAR; save or download it again" if begun > ended else ""
    try:
        found = [] if why else Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        found, why = [], str(error)
    if why:
        raise Rejected("calendar-file", f"This calendar file cannot be read: {why}.")
    return found


def _without_strange_lines(text: str) -> tuple[str, int]:
    """The text without lines that are none of a calendar's, and how many of them hold something."""
    lines = _BEGIN.split(text, maxsplit=1)[-1].splitlines()
    kept = [line for line in lines if _PROPERTY.match(line) or line[:1] in {" ", "\t"}]
    strange = sum(bool(line.strip()) for line in lines) - sum(bool(line.strip()) for line in kept)
    return "\r\n".join(["BEGIN:VCALENDAR", *kept, ""]), strange


def _latest(events: Sequence[Component]) -> list[Component]:
    """The events without those that another of the same UID and recurrence replaces: one with a higher SEQUENCE."""
    highest: dict[tuple[str, str], int] = {}
    for event in events:
        highest[_key(event)] = max(highest.get(_key(event), 0), _sequence(event))
    return [event for event in events if "UID" not in event or _sequence(event) == highest[_key(event)]]


def _key(event: Component) -> tuple[str, str]:
    return str(event.get("UID", "")), str(getattr(event.get("RECURRENCE-ID"), "dt", ""))


def _sequence(event: Component) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _cancelled(event: Component, calendar: Component) -> bool:
    stated, method = (str(one).strip().upper() for one in (event.get("STATUS", ""), calendar.get("METHOD", "")))
    return stated == "CANCELLED" or method == "CANCEL"


def _named(events: Sequence[Component], text: str) -> Iterator[str]:
    """What to call each event: its number, line and title."""
    lines = text.upper().splitlines()
    begins = [f" (line {number})" for number, line in enumerate(lines, start=1) if line.rstrip() == "BEGIN:VEVENT"]
    known = chain(begins, repeat(""))
    for number, (event, line) in enumerate(zip(events, known, strict=False), start=1):
        title = f" '{str(event['SUMMARY'])[:40]}'" if "SUMMARY" in event else ""
        yield f"event {number}{title}{line}"
