"""A date of a programme as it is listed, whatever kind it is; an event for very many people is one date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.commands.programme_dates import DateKind, DateState

__all__ = ["Dated", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date with whom it concerns. `part_of`: what is the same for all parts of one event.

    `closing`: the schools that must be open for it: of a day that people agreed only the host, else all.
    """

    kind: DateKind
    programme_id: str
    target_id: str
    activity: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    state: DateState
    title: str = ""
    place: str = ""
    host_school_id: str = ""
    schools: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    course_id: str = ""
    number: int = 0
    school_id: str = ""
    part_of: str = ""

    @property
    def key(self) -> str:
        """What tells it from all other dates."""
        return self.target_id or f"{self.course_id}/{self.number}"

    @property
    def order(self) -> tuple[dt.date, dt.time, str, str]:
        """Where it stands among others: by day and hour, then by name and id."""
        return self.on, self.starts, self.title, self.key

    @property
    def closing(self) -> tuple[str, ...]:
        """The schools that must be open for it."""
        return (self.host_school_id,) if self.kind == "agreed" else self.schools

    def open(self, today: dt.date) -> bool:
        """Whether it is still to come."""
        return self.state in {"draft", "published"} and self.on >= today

    def meets(self, other: "Dated") -> bool:
        """Whether nobody can be at both from beginning to end."""
        return self.on == other.on and self.starts < other.ends and other.starts < self.ends


def whole(parts: Iterable[Dated]) -> list[Dated]:
    """The dates in order, those in several parts put together: the first part with everybody's schools and people."""
    found: dict[str, list[Dated]] = {}
    for one in parts:
        found.setdefault(one.part_of or one.key, []).append(one)
    return sorted((_joined(each) for each in found.values()), key=lambda one: one.order)


def _joined(parts: list[Dated]) -> Dated:
    if len(parts) == 1:
        return parts[0]
    standing = [one for one in parts if one.state != "cancelled"] or parts
    schools = dict.fromkeys(each for one in standing for each in one.schools)
    people = dict.fromkeys(each for one in standing for each in one.people)
    return replace(standing[0], schools=tuple(schools), people=tuple(people))
