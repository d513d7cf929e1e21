"""Numbers and dates as people read them."""

import datetime as dt

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day(date: dt.date) -> str:
    """`21 November 2026`."""
    return f"{date.day} {date:%B %Y}"


def short_day(date: dt.date) -> str:
    """`21 Nov 2026`, for tables."""
    return f"{date.day} {date:%b %Y}"


def weekday(date: dt.date) -> str:
    """`Thursday 13 May 2027`."""
    return f"{date:%A} {day(date)}"


def spelt(number: int) -> str:
    """`one`, `nine`, `12`, `1,200`; `no` for nought."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def count(number: int, one: str, many: str = "") -> str:
    """`one visit`, `12 visits`, `no visits`."""
    return f"{spelt(number)} {one if number == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def sentence(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def percent(part: int, whole: int) -> str:
    """`86%`, rounded half up in whole numbers; callers never ask for a share of nothing."""
    return f"{(200 * part + whole) // (2 * whole)}%"


def academic_year(first: int) -> str:
    """`2026/27`."""
    return f"{first}/{(first + 1) % 100:02d}"
