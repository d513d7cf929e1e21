"""Dates, roles and counts in plain English."""

import datetime as dt
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from shared.events.people import ROLE_TITLES

_ROLES = {str(key): title for key, title in ROLE_TITLES.items()}
LONDON = ZoneInfo("Europe/London")
"""The time zone in which pages show agreed days and calls."""

_COMMAND = "`kindred "


def day(on: dt.date) -> str:
    """Thursday 13 May 2027."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def short_day(on: dt.date) -> str:
    """13 May 2027."""
    return f"{on.day} {on:%B %Y}"


def clock(at: dt.time) -> str:
    """9:00."""
    return f"{at.hour}:{at.minute:02}"


def written_day(text: str) -> str:
    """A day that is kept as 2027-05-13, as 13 May 2027; anything else as it is."""
    try:
        return short_day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def moment(on: dt.date, at: dt.time) -> str:
    """Thursday 13 May 2027, 9:00."""
    return f"{day(on)}, {clock(at)}"


def when(at: dt.datetime) -> str:
    """A moment as it is in London: Thursday 13 May 2027, 9:00."""
    local = at.astimezone(LONDON)
    return moment(local.date(), local.time())


def role(key: str) -> str:
    """The role as people say it."""
    return _ROLES.get(key, key.replace("-", " "))


def person(person_id: str, names: Mapping[str, str]) -> str:
    """Somebody's name; who was erased has none."""
    return names.get(person_id, "somebody")


def chosen(key: str, options: Mapping[str, str]) -> str:
    """A choice in the words in which it was offered."""
    return f"“{options.get(key, key)}”"


def count(number: int, one: str, many: str = "") -> str:
    """1 action, 2 actions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """A, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def capital(text: str) -> str:
    """Begin with a capital; the rest stays."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    trimmed = text.strip()
    return trimmed[:1].upper() + trimmed[1:] + ("" if re.search(r"[.!?]$", trimmed) else ".") if trimmed else ""


def without_commands(text: str) -> str:
    """Leave out what to type on a command line: pages have a button for it.

    A clause that names a command goes, with what follows it in the sentence; the sentence goes where nothing is left.
    """
    if _COMMAND not in text:
        return text
    sentences = re.split(r"(?<=[.!?]) ", re.sub(rf" ?\({_COMMAND}[^`]*`\)", "", text))
    kept = []
    for one in sentences:
        clauses = re.split(r"; |: ", one)
        named = next((number for number, clause in enumerate(clauses) if _COMMAND in clause), len(clauses))
        said = "; ".join(clauses[:named]) if named < len(clauses) else one
        kept.append(sentence(said) if named < len(clauses) else said)
    return " ".join(filter(None, kept)) or text
