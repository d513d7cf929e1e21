"""What the address of the page of all dates asks for, and the addresses without one of its filters."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from services.portal.domain import words
from services.portal.pages.paging import kept
from shared.commands.programme_dates import DateKind, DateOfProgramme, DateState

__all__ = ["KINDS", "STATES", "Asked", "path_of"]

KINDS: dict[str, str] = {
    "visit": "Visits", "event": "Events", "session": "Days of courses and meetings",
    "agreed": "Days that people agreed",
}  # fmt: skip
STATES: dict[str, str] = {
    "draft": "Not published", "published": "Published", "held": "Has taken place", "cancelled": "Called off",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Filters and view. `school`: URN, id and name; `person`: id and name; `past`: what is over, too."""

    view: str = "week"
    kind: DateKind | None = None
    state: DateState | None = None
    since: dt.date | None = None
    past: bool = False
    clashing: bool = False
    search: str = ""
    printed: bool = False
    school: tuple[int, str, str] | None = None
    person: tuple[str, str] | None = None

    def address(self, **changes: Any) -> str:
        """The query of the address that asks for the same with these changes."""
        one = replace(self, **changes)
        return kept({
            "view": "" if one.view == "week" else one.view, "kind": one.kind or "", "state": one.state or "",
            "since": one.since.isoformat() if one.since else "", "past": "yes" if one.past else "",
            "clashing": "yes" if one.clashing else "", "search": one.search, "print": "yes" if one.printed else "",
            "school": str(one.school[0]) if one.school else "", "person": one.person[0] if one.person else "",
        })  # fmt: skip

    def filters(self) -> Iterator[tuple[str, str]]:
        """Each filter in words, and the address without it."""
        if self.kind:
            yield KINDS[self.kind], self.address(kind=None)
        if self.state:
            yield STATES[self.state], self.address(state=None)
        if self.since:
            yield f"From {words.short_day(self.since)}", self.address(since=None)
        if self.past:
            yield "Also what is over", self.address(past=False)
        if self.clashing:
            yield "Only what clashes", self.address(clashing=False)
        if self.school:
            yield self.school[2], self.address(school=None)
        if self.person:
            yield self.person[1], self.address(person=None)
        if self.search and self.view != "week":
            yield f"\u201c{self.search}\u201d", self.address(search="")


def path_of(programme_id: str, one: DateOfProgramme) -> str:
    """The page on which a date is moved or called off."""
    base = f"/console/programmes/{programme_id}"
    match one.kind:
        case "visit":
            return f"{base}/visits/{one.target_id}"
        case "agreed":
            return f"{base}/agreed/{one.target_id}"
        case "session":
            school_id = one.school_id or next(
                iter(one.school_ids), ""
            )  # of several courses one of its schools names it
            at = f"?school={school_id}" if school_id else ""
            return f"{base}/courses/{one.activity}{at}#day-{one.number}"
        case _:
            return f"{base}/events/{one.target_id}"
