"""A school as the register publishes it."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from services.programmes.domain.register.words import OverallGrade, Status

__all__ = ["Change", "School", "changes_between"]


@dataclass(frozen=True, slots=True)
class School:
    """One URN's entry. None means that the file says nothing about it."""

    urn: int
    name: str
    status: Status
    phase: str
    authority_code: str
    authority: str
    establishment_number: int | None = None
    kind: str = ""
    kind_group: str = ""
    opened: dt.date | None = None
    closed: dt.date | None = None
    lowest_age: int | None = None
    highest_age: int | None = None
    capacity: int | None = None
    census: dt.date | None = None
    pupils: int | None = None
    fsm_percent: float | None = None
    trust_code: str | None = None
    trust: str | None = None
    federation: str | None = None
    street: str = ""
    locality: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    website: str | None = None
    telephone: str | None = None
    region: str = ""
    easting: int | None = None
    northing: int | None = None
    overall_grade: OverallGrade | None = None
    inspected: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field that says something else than before."""

    field: str
    old: Any
    new: Any


_FIELDS = tuple(field.name for field in fields(School))


def changes_between(old: School, new: School, stated: frozenset[str]) -> list[Change]:
    """What `new` changes.

    `stated`: the fields that the new file has columns for; a file with fewer columns wipes out nothing.
    """
    return [
        Change(name, getattr(old, name), getattr(new, name))
        for name in _FIELDS
        if name in stated and getattr(old, name) != getattr(new, name)
    ]
