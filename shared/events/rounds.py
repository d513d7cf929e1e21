"""What `matching` publishes of rounds in which people are placed: drafts, what was published, places on offer.

The placements themselves are in `placements`.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event, Fact


class RoundFacts(Fact):
    """Which round of which programme it is."""

    round_id: str
    programme_id: str
    round: str = Field(description="the key of the round in the template")


class RoundClosed(RoundFacts, Event):
    """The windows in which people and things of the round are named are over; its first draft follows."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "round_id"


class RoundDrafted(RoundFacts, Event):
    """Who would be placed where awaits review; nobody outside is told."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "round_id"
    revision: int = Field(ge=1, description="counts the drafts of the round")
    placed: int
    people_without: int
    things_without: int


class RoundPublished(RoundFacts, Event):
    """The draft stands. `PersonPlaced` follows once a placement; `placed` says how many."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "round_id"
    revision: int = Field(ge=1)
    placed: int
    people_without: int
    things_without: int


class OfferFacts(RoundFacts):
    """Which place is offered to whom, and by which entries they are known."""

    offer_id: str
    person_id: str
    school_id: str = Field(description="the person's own school")
    person_entry_id: str
    host_school_id: str
    thing_entry_id: str
    wish: int | None = Field(None, ge=1, description="which of the person's wishes it is")


class PlaceOffered(OfferFacts, Event):
    """A free place is kept for somebody who waits, to the end of a day."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "offer_id"
    until: dt.date


class PlaceOfferAccepted(OfferFacts, Event):
    """Whoever was offered the place has taken it; `PersonPlaced` comes with it."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "offer_id"


class PlaceOfferPassed(OfferFacts, Event):
    """The place is no longer kept for them and goes to the next who waits, if it is still there."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "offer_id"
    reason: Literal["declined", "silent", "withdrawn"]
