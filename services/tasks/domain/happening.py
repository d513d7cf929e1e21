"""One thing that happened, as an event says it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.tasks.domain.records import StandIn

GROUPS = "@groups"
"""The round of the kind `groups`, whose events do not say its key."""
EXCEPTED = "excepted"
"""That a school takes part without keeping to the rule that counts a form; the state is the form."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """That something happened to a thing.

    `on` is the day that the event itself names; None: the day on which it came. `facts` are fields of `Thing` as the
    event says they stand. `source` and `version` tell which of two events of one publisher is the newer.
    """

    programme_id: str
    kind: str
    about_id: str
    source: str
    version: int
    anchor: str = ""
    states: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    on: dt.date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    joined: tuple[str, ...] = ()
    withdrawn: bool | None = None


def stand_ins(places: Iterable[Any]) -> tuple[StandIn, ...]:
    """Who comes in whose place, of the people who are invited."""
    return tuple(StandIn(whose=one.substitute_for, by=one.person_id) for one in places if one.substitute_for)


Found = Iterable[Happening]
