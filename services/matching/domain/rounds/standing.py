"""A round with what stands of it, and what a decision about it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from services.matching.domain.rounds.candidates import Candidate, Thing
from services.matching.domain.rounds.facts import RoundFacts
from services.matching.domain.rounds.records import MatchRecord, OfferRecord, RoundRecord
from shared.events.base import Event
from shared.working_days import IsHoliday, is_none

__all__ = ["RoundDecision", "Standing", "expires"]


@dataclass(frozen=True, slots=True)
class RoundDecision:
    """What is to be saved, and the events to publish, in this order. `sentence` is for the person who asked.

    An open offer is watched until it `expires`; any other is not watched any more.
    """

    record: RoundRecord | None = None
    matches: tuple[MatchRecord, ...] = ()
    offers: tuple[OfferRecord, ...] = ()
    events: tuple[Event, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A round, its placements and its offers, ended ones too; changed in memory while something is decided.

    `is_holiday`: which weekdays do not count among those that somebody has for an offer.
    """

    facts: RoundFacts
    matches: Sequence[MatchRecord] = ()
    offers: Sequence[OfferRecord] = ()
    is_holiday: IsHoliday = is_none

    @property
    def record(self) -> RoundRecord:
        """The round."""
        return self.facts.record

    @property
    def in_force(self) -> list[MatchRecord]:
        """The placements that stand."""
        return [one for one in self.matches if not one.ended]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Entries of person and thing of each placement; of the draft, while there is no more than that."""
        if self.record.state != "published":
            return [(one.person_entry_id, one.thing_entry_id) for one in self.record.draft]
        return [(one.person_entry_id, one.thing_entry_id) for one in self.in_force]

    @property
    def open_offers(self) -> list[OfferRecord]:
        """The offers that nobody has answered yet."""
        return [one for one in self.offers if one.state == "open"]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Entries of each person and thing that are placed or on offer."""
        return [*self.pairs, *((one.person_entry_id, one.thing_entry_id) for one in self.open_offers)]

    def of_match(self, match: MatchRecord) -> tuple[Candidate | None, Thing | None]:
        """The person and the thing of a placement."""
        return self.facts.people.get(match.person_entry_id), self.facts.things.get(match.thing_entry_id)

    def with_record(self, record: RoundRecord) -> Standing:
        """The same with another state of the round."""
        return replace(self, facts=replace(self.facts, record=record))

    def with_match(self, match: MatchRecord) -> Standing:
        """The same with this placement in place of its last version."""
        return replace(self, matches=[*(one for one in self.matches if one.match_id != match.match_id), match])

    def with_offer(self, offer: OfferRecord) -> Standing:
        """The same with this offer in place of its last version."""
        return replace(self, offers=[*(one for one in self.offers if one.offer_id != offer.offer_id), offer])


def expires(offer: OfferRecord, timezone: str) -> dt.datetime:
    """The moment at which the last day of an offer is over."""
    over = dt.datetime.combine(offer.until + dt.timedelta(days=1), dt.time(), ZoneInfo(timezone))
    return over.astimezone(dt.UTC)
