"""Places in other schools: who is placed to what, what is kept for somebody who waits; and who is with whom."""

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
class Pair:
    """People of a pair or ring."""

    pair_id: str
    programme_id: str
    round: str
    person_ids: tuple[str, ...]
    school_ids: tuple[str, ...]
    ended: bool = False

    def others(self, person_id: str) -> dict[str, str]:
        """Who else is in it -> their school."""
        both = zip(self.person_ids, self.school_ids, strict=True)
        return {person: school for person, school in both if person != person_id}


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
