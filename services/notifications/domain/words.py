"""Dates, times and codes in plain English. Times are those on the wall at the host school."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from services.notifications.domain.lists import first
from shared.events.people import ROLE_TITLES

MOVED: Final = {
    "decline": "Somebody who was invited cannot come on the earlier date.",
    "coordinator": "The programme's coordinator has set another date.",
    "illness": "Somebody who is needed on the day is ill.",
    "closure": "The school is closed on the earlier date.",
    "inspection": "A school is needed elsewhere on the earlier date.",
    "postponement": "The programme pauses on the earlier date.",
    "calendar-change": "The term dates have changed.",
    "withdrawal": "A school has left the group.",
    "conflict": "Somebody who was invited is needed elsewhere on the earlier date.",
    "venue": "The venue is known now, or it is another one.",
    "programme": "What happens on the day is known now, or has changed.",
}
"""Why something moved or changed, by the code in its event."""

CANCELLED: Final = {
    **MOVED,
    "coordinator": "The programme's coordinator has called it off.",
    "closure": "The school is closed that day.",
    "inspection": "A school is needed elsewhere that day.",
    "postponement": "The programme pauses.",
    "not-due": "It is not due there any more.",
    "conflict": "Somebody who was invited is needed elsewhere that day.",
}
"""Why something does not take place: there is no other date to speak of."""

QUESTIONS: Final = {
    "decline-inside-notice": "Somebody cannot come, and the day is too near to move it without asking you.",
    "no-other-date": "Somebody cannot come, and there is no other date that suits everybody.",
    "date-chosen": "Somebody cannot come on a date that you chose yourself.",
    "group-too-small": "A group has fewer than three schools left.",
    "event-paused": "The programme pauses on the day of an event, and the event keeps its date until you decide.",
    "calendar-clash": "A change of term dates clashes with a date that is already published.",
}
"""What a coordinator is asked, by the code in its event."""
_TITLES: Mapping[str, str] = {str(role): title for role, title in ROLE_TITLES.items()}


def day(on: dt.date) -> str:
    """Return a date as `Thursday 13 May 2027`."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def clock(at: dt.time) -> str:
    """Return a time of day as `9:00`."""
    return f"{at.hour}:{at.minute:02d}"


def hours(starts: dt.time | None, ends: dt.time | None) -> str:
    """Return hours as `9:00 to 15:00`; nothing for what takes the whole day."""
    return f"{clock(starts)} to {clock(ends)}" if starts is not None and ends is not None else ""


def when(on: dt.date, starts: dt.time | None, ends: dt.time | None) -> str:
    """Return a day with its hours as `Thursday 13 May 2027, 9:00 to 15:00`, in the host's own time."""
    return ", ".join(part for part in (day(on), hours(starts, ends)) if part)


def moment(at: dt.datetime, timezone: str) -> str:
    """Return an instant as `Thursday 13 May 2027, 17:00`, as clocks in the zone show it."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{day(local.date())}, {clock(local.time())}"


def listed(names: Sequence[str]) -> str:
    """Return names as `A, B and C`; of very many the first, and how many others."""
    shown, more = first(names)
    if more:
        return f"{', '.join(shown)} and {more:,} {'other' if more == 1 else 'others'}"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def why(code: str, *, cancelled: bool = False) -> str:
    """Return a sentence for a reason. What is no code of ours was written by a person and is returned as it is."""
    return (CANCELLED if cancelled else MOVED).get(code, code)


def question(code: str) -> str:
    """Return a sentence for what a coordinator is asked."""
    return QUESTIONS.get(code, code.replace("-", " ").capitalize() + ".")


def role_title(role: str) -> str:
    """Return a role as `CPD lead`; one that is not ours as its template calls it."""
    return _TITLES.get(role, role.replace("-", " "))


def without_commands(text: str) -> str:
    """Leave out what to type on a command line: a mail leads to a page. A clause that is about it goes, too."""
    shorter = re.sub(r" To [^.:]*: kindred [^\n]*$", "", text)
    return re.sub(r": kindred [^\n]*$", ".", shorter)
