"""From what matching keeps of pairs to what it publishes."""

from services.matching.domain.pairs.facts import PairFacts
from services.matching.domain.pairs.records import PairRecord, PairRoundRecord
from shared.events.pairs import PairEnded, PairFormed
from shared.events.rounds import RoundClosed, RoundDrafted, RoundPublished

__all__ = ["pair_event", "round_begins", "round_drafted", "round_published", "with_nobody"]


def round_begins(record: PairRoundRecord) -> RoundClosed:
    """A moment at which the round is drafted has come."""
    return RoundClosed.model_validate(_round(record))


def round_drafted(facts: PairFacts) -> RoundDrafted:
    """A draft awaits review."""
    return RoundDrafted.model_validate({**_round(facts.record), **_counts(facts)})


def round_published(facts: PairFacts) -> RoundPublished:
    """What was drafted stands."""
    return RoundPublished.model_validate({**_round(facts.record), **_counts(facts)})


def pair_event(pair: PairRecord) -> PairFormed | PairEnded:
    """A pair as it stands now."""
    fields = pair.model_dump()
    return PairEnded.model_validate(fields) if pair.ended else PairFormed.model_validate(fields)


def with_nobody(facts: PairFacts) -> list[str]:
    """Who could be with somebody, and is not: beside the draft, or beside the pairs that stand."""
    taken = {person for group in facts.groups for person in group.person_ids}
    return [one for one in facts.able if one not in taken]


def _round(record: PairRoundRecord) -> dict[str, object]:
    return record.model_dump(include={"round_id", "programme_id", "round", "version", "revision"})


def _counts(facts: PairFacts) -> dict[str, int]:
    placed = sum(len(group.person_ids) for group in facts.groups)
    return {"placed": placed, "people_without": len(with_nobody(facts)), "things_without": 0}
