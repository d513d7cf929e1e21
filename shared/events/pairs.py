"""What `matching` publishes of people who are brought together, in pairs, rings or as neighbours: that they are.

What they speak about is nobody's business: no message has a field for it.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event, Fact

EndReason = Literal["next-round", "person-left", "school-withdrawn", "coordinator"]


class PairFacts(Fact):
    """Who is together, in which run of which round."""

    pair_id: str
    round_id: str
    programme_id: str
    round: str = Field(description="the key of the round in the template")
    run: int = Field(ge=1, description="counts how often the round was published")
    person_ids: tuple[str, ...] = Field(description="two, or more in a ring; in a ring each helps the next")
    school_ids: tuple[str, ...] = Field(description="their schools, in the same order")
    again: bool = Field(False, description="whether two of them were together before: fresh pairs had run out")


class PairFormed(PairFacts, Event):
    """People are together, or go on with somebody more or fewer."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "pair_id"
    joined: tuple[str, ...] = Field((), description="who has come to people who were together before")


class PairEnded(PairFacts, Event):
    """They are together no longer; that they were stays."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "pair_id"
    reason: EndReason = "next-round"
    declined: bool = Field(False, description="one of two neighbours does not want to share a place")


class PlaceShared(Event):
    """Two neighbours have both accepted: their schools share one place from this day on, and each keeps its record."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "place_id"
    place_id: str
    programme_id: str
    round: str = Field(description="the key of the round in the template")
    pair_id: str
    school_ids: tuple[str, ...]
    on: dt.date
