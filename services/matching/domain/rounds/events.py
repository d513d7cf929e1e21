"""From what matching keeps of rounds to what it publishes."""

from services.matching.domain.rounds.facts import RoundFacts
from services.matching.domain.rounds.records import MatchRecord, OfferRecord, RoundRecord
from services.matching.domain.rounds.standing import Standing
from shared.events.base import Event
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import (
    PlaceOfferAccepted,
    PlaceOffered,
    PlaceOfferPassed,
    RoundClosed,
    RoundDrafted,
    RoundPublished,
)

__all__ = ["match_event", "offer_event", "round_closed", "round_drafted", "round_published", "without"]


def round_closed(record: RoundRecord) -> RoundClosed:
    """The windows of a round are over."""
    return RoundClosed(**_round(record))


def round_drafted(facts: RoundFacts) -> RoundDrafted:
    """A draft awaits review."""
    return RoundDrafted(**_round(facts.record), revision=facts.record.revision, **_counts(Standing(facts)))


def round_published(standing: Standing) -> RoundPublished:
    """What was drafted stands."""
    record = standing.record
    return RoundPublished(**_round(record), revision=record.revision, **_counts(standing))


def match_event(match: MatchRecord) -> PersonPlaced | PlacementEnded:
    """A placement as it stands now."""
    fields = {**match.model_dump(exclude={"round_id"}), "cohort_id": match.round_id}
    return PlacementEnded.model_validate(fields) if match.ended else PersonPlaced.model_validate(fields)


def offer_event(offer: OfferRecord) -> Event:
    """An offer as it stands now."""
    fields = offer.model_dump()
    if offer.state == "open":
        return PlaceOffered.model_validate(fields)
    if offer.state == "accepted":
        return PlaceOfferAccepted.model_validate(fields)
    return PlaceOfferPassed.model_validate({**fields, "reason": offer.state})


def without(standing: Standing) -> tuple[list[str], list[str]]:
    """Entries of the people who are not placed, and of the things that nobody is placed to; withdrawn ones left out."""
    facts, pairs = standing.facts, standing.pairs
    placed, taken = {person for person, _ in pairs}, {thing for _, thing in pairs}
    people = [
        one.entry_id for one in facts.people.values() if one.entry_id not in placed and facts.unfit(one) != "withdrawn"
    ]
    return people, [one.entry_id for one in facts.things.values() if one.entry_id not in taken and not facts.gone(one)]


def _round(record: RoundRecord) -> dict[str, object]:
    return record.model_dump(include={"round_id", "programme_id", "round", "version"})


def _counts(standing: Standing) -> dict[str, int]:
    people, things = without(standing)
    return {"placed": len(standing.pairs), "people_without": len(people), "things_without": len(things)}
