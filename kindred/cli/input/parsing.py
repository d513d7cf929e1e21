"""Reading what people type: dates and spans of them, times, roles, academic years."""

import datetime as dt
import re
from typing import Any, get_args

from kindred.output.wording import LONDON
from shared.errors import Rejected
from shared.events.base import DateSpan

PERSON = re.compile(r"([^<>]*?)\s*<\s*([^<>\s]+@[^<>\s]+)\s*>")


def known(text: str, among: Any) -> Any:
    """The one of the Literal `among` that is written exactly so; None where none is."""
    return next((one for one in get_args(among) if one == text), None)


def state(text: str, among: Any) -> Any:
    """The state of the Literal `among` that is written so, None where nothing is. Raises Rejected for any other."""
    found = known(text, among)
    if text and found is None:
        raise Rejected("unknown-state", f"{text!r} is no state; the states are {', '.join(get_args(among))}.")
    return found


def day(text: str) -> dt.date:
    """2027-01-31 as a date."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Rejected("bad-date", f"{text!r} is no date; write it as 2027-01-31.") from None


def named(text: str) -> tuple[str, str]:
    """Name and address of "Ann Ley <ann@school.example>"; of anything else the whole text, and no address."""
    found = PERSON.fullmatch(text.strip())
    return (found[1] or found[2], found[2]) if found else (text.strip(), "")


def time(text: str) -> dt.time:
    """09:00 as a time of day."""
    try:
        found = dt.time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        found = dt.time(tzinfo=dt.UTC)
    if found.tzinfo is not None:
        raise Rejected("bad-time", f"{text!r} is no time; write it as 09:00.")
    return found


def moment(text: str) -> dt.datetime:
    """2027-01-31 09:00, London time, as an instant in UTC."""
    on, _, at = text.strip().replace("T", " ", 1).partition(" ")
    if not at:
        raise Rejected("bad-time", f"{text!r} has no time of day; write it as 2027-01-31 09:00.")
    return dt.datetime.combine(day(on), time(at), LONDON).astimezone(dt.UTC)


def hours(text: str) -> tuple[dt.date, dt.time, dt.time]:
    """2027-01-31 09:00-12:00 as a day and two times of it."""
    on, _, span_of_day = text.strip().partition(" ")
    first, found, last = span_of_day.partition("-")
    if not found:
        raise Rejected("bad-hours", f"{text!r} should read like: 2027-01-31 09:00-12:00.")
    return day(on), time(first), time(last)


def span(text: str) -> DateSpan:
    """One day, or two with two dots between: 2027-01-04..2027-01-08."""
    first, _, last = text.partition("..")
    begins, ends = day(first), day(last or first)
    if ends < begins:
        raise Rejected("bad-date", f"{text!r} ends before it begins.")
    return DateSpan(first=begins, last=ends)


def spans(texts: list[str] | None) -> tuple[DateSpan, ...]:
    """Several spans."""
    return tuple(span(text) for text in texts or [])


def unless_none(texts: list[str]) -> list[str]:
    """The texts; no text where the only one is 'none'."""
    return [] if [text.strip().lower() for text in texts] == ["none"] else texts


def urn(text: str) -> int:
    """A school's URN."""
    if not re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII):
        raise Rejected("bad-urn", f"{text!r} is no URN; write its six digits.")
    return int(text)


def role_named(text: str) -> str:
    """The key of a role as people write it; which roles there are, the programme's template says."""
    role = re.sub(r"[\s_]+", "-", text.strip().lower())
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", role):
        return role
    raise Rejected("unknown-role", f"{text.strip()!r} is no role; write one like: headteacher, CPD lead.")


def academic_year(text: str) -> int:
    """2026/27 (or 2026) as the calendar year of its September."""
    match = re.fullmatch(r"(20\d\d|2100)(?:\s*[/-]\s*(?:20)?(\d\d))?", text.strip())
    if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
        raise Rejected("bad-year", f"{text!r} is no academic year; write it as 2026/27.")
    return int(match[1])
