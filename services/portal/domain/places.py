"""Places in other schools: who is placed to what, and places that are kept for somebody who waits."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

PICKED = "school-picks"
"""How a round is chosen in which schools pick for themselves, first come."""
OfferState = Literal["open", "accepted", "declined", "silent", "withdrawn"]
_OVER = {
    "accepted": "The place was taken.",
    "declined": "You passed on this place, and it went to the next who waits.",
    "silent": "Nobody answered in time, and it went to the next who waits.",
    "withdrawn": "It fell away: what it was for is not to be had any more.",
    "open": "The time to answer is over.",
}


@dataclass(frozen=True)
class Placement:
    """Somebody placed to a thing, by the entries that named both."""

    match_id: str
    programme_id: str
    round: str
    person_id: str
    school_id: str
    host_school_id: str
    ended: bool = False
    person_entry_id: str | None = None
    thing_entry_id: str | None = None


@dataclass(frozen=True)
class Offer:
    """A free place that is kept for somebody to the end of a day."""

    offer_id: str
    programme_id: str
    round: str
    person_id: str
    school_id: str
    person_entry_id: str
    host_school_id: str
    thing_entry_id: str
    until: dt.date
    state: OfferState
    wish: int | None = None

    def open_on(self, today: dt.date) -> bool:
        """Whether it can still be taken."""
        return self.state == "open" and today <= self.until

    @property
    def over(self) -> str:
        """What became of it, in a sentence."""
        return _OVER[self.state]
