"""By what entries are looked for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from services.reporting.domain.entries.records import State
from services.reporting.domain.status import Rating


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Empty fields narrow nothing. `about_ids`, `states`: any of them; `named`: the beginning of the entry's id."""

    programme_id: str = ""
    form: str = ""
    about_id: str = ""
    about_ids: tuple[str, ...] = ()
    school_id: str = ""
    author_id: str = ""
    states: tuple[State, ...] = ()
    named: str = ""


@dataclass(frozen=True, kw_only=True)
class WantedActions:
    """Lines of action plans that count. Empty fields narrow nothing; `today`: the day by which they are rated."""

    today: dt.date
    programme_id: str = ""
    school_id: str = ""
    form: str = ""
    owner_id: str = ""
    rating: Rating | None = None
    named: str = ""
    concerning: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundActions:
    """A page of lines as (entry, line), and how all that match stand, whatever rating was asked for."""

    by_rating: Mapping[Rating, int]
    lines: tuple[tuple[str, str], ...]
