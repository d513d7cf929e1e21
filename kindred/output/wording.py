"""Names and dates as people read them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # every command words a date; few need load what a cohort is
    from shared.commands.matching import CohortDetail
    from shared.commands.programmes_queries import PersonRow
    from shared.events.base import DateSpan

LONDON = ZoneInfo("Europe/London")


def date(on: dt.date) -> str:
    """Thursday 13 May 2027."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def short_date(on: dt.date) -> str:
    """Thu 13 May 2027."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def day_and_time(on: dt.date, starts: dt.time) -> str:
    """Thursday 13 May 2027, 9:00."""
    return f"{date(on)}, {clock(starts)}"


def clock(at: dt.time) -> str:
    """9:00."""
    return f"{at.hour}:{at:%M}"


def moment(at: dt.datetime) -> str:
    """Thursday 13 May 2027, 9:00 in London."""
    local = at.astimezone(LONDON)
    return day_and_time(local.date(), local.time())


def spans(days: "Iterable[DateSpan]") -> str:
    """Thu 13 May 2027; Mon 24 May 2027 to Fri 28 May 2027."""
    return "; ".join(
        short_date(each.first) + (f" to {short_date(each.last)}" if each.last != each.first else "") for each in days
    )


def schools(cohort: "CohortDetail") -> dict[str, str]:
    """School id -> name and URN."""
    return {
        school_id: f"{name} ({urn})"
        for group in cohort.groups
        for school_id, urn, name in zip(group.school_ids, group.urns, group.names, strict=True)
    }


def group_numbers(cohort: "CohortDetail") -> dict[str, int]:
    """Group id -> number."""
    return {group.group_id: group.number for group in cohort.groups}


def listed(names: Sequence[str]) -> str:
    """Ada, Bo and Cy."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def people(rows: "list[PersonRow]") -> dict[str, str]:
    """Person id -> name."""
    return {row.person_id: row.name for row in rows}


def empty(total: int, none: str) -> str:
    """What an empty page says: that it lies beyond the last row, or the sentence `none` where there is no row."""
    return f"There are {total:,} only. Name a smaller --offset." if total else none
