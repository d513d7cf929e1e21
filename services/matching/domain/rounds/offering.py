"""The waiting list: what becomes free is offered to the best who waits, and nobody else moves.

The best is whoever has it as the dearest wish; then who brings more of what it is about; then who was named first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from services.matching.domain.rounds.candidates import Candidate, Thing
from services.matching.domain.rounds.events import match_event, offer_event
from services.matching.domain.rounds.records import MatchRecord, OfferRecord, offer_id
from services.matching.domain.rounds.standing import RoundDecision, Standing
from shared.events.base import Event
from shared.events.placements import EndReason
from shared.working_days import working_days_from

__all__ = ["ended", "settle"]


def settle(standing: Standing, today: dt.date, done: RoundDecision | None = None) -> RoundDecision:
    """End what cannot stand any more, take back offers of it, and offer what is free.

    `done`: what was decided before, of which `standing` knows already. Changes nothing before the round is published.
    """
    decision = done or RoundDecision()
    if standing.record.state != "published":
        return decision
    for match in [one for one in standing.in_force if _broken(standing, one)]:
        over = ended(match, _broken(standing, match) or "coordinator")
        standing, decision = standing.with_match(over), _and(decision, over)
    for offer in [one for one in standing.open_offers if _overtaken(standing, one)]:
        back = offer.model_copy(update={"state": "withdrawn", "version": offer.version + 1})
        standing, decision = standing.with_offer(back), _and(decision, back)
    for offer in _offers(standing, today):
        decision = _and(decision, offer)
    if decision == RoundDecision():
        return decision
    return decision if decision.record else replace(decision, record=standing.record.changed())


def ended(match: MatchRecord, reason: EndReason) -> MatchRecord:
    """The placement once it is over; it is told at once."""
    return match.model_copy(update={"ended": True, "reason": reason, "version": match.version + 1, "told": True})


def _and(decision: RoundDecision, one: MatchRecord | OfferRecord) -> RoundDecision:
    event: Event
    if isinstance(one, MatchRecord):
        event = match_event(one)
        return replace(decision, matches=(*decision.matches, one), events=(*decision.events, event))
    event = offer_event(one)
    return replace(decision, offers=(*decision.offers, one), events=(*decision.events, event))


def _broken(standing: Standing, match: MatchRecord) -> EndReason | None:
    """Why a placement cannot stand any more; None where it can."""
    facts = standing.facts
    person, thing = standing.of_match(match)
    if {match.school_id, match.host_school_id} & facts.left:
        return "school-withdrawn"
    if thing is None or facts.gone(thing):
        return "thing-withdrawn"
    if person is None or facts.unfit(person) in {"withdrawn", "not-agreed"}:
        return "person-left"
    return None


def _overtaken(standing: Standing, offer: OfferRecord) -> bool:
    facts = standing.facts
    person, thing = facts.people.get(offer.person_entry_id), facts.things.get(offer.thing_entry_id)
    if person is None or thing is None or facts.unfit(person) or facts.gone(thing) or facts.bar(person, thing):
        return True
    return any(offer.person_entry_id == person_ or offer.thing_entry_id == thing_ for person_, thing_ in standing.pairs)


def _offers(standing: Standing, today: dt.date) -> Iterator[OfferRecord]:
    """The offers that are due now, the dearest wish first; each person and each thing once."""
    waiting = standing.facts.of.waiting
    if waiting is None:
        return
    until = working_days_from(today, waiting.offer_working_days, standing.is_holiday)
    kept = standing.kept
    asked = {(one.person_entry_id, one.thing_entry_id) for one in standing.offers if not one.paused}
    for person, thing in _wanted(standing):
        pair = person.entry_id, thing.entry_id
        free = pair not in asked and not any(pair[0] == one or pair[1] == other for one, other in kept)
        if free and standing.facts.in_balance(person, thing, kept):
            kept.append(pair)
            yield _offer(standing, person, thing, until)


def _wanted(standing: Standing) -> list[tuple[Candidate, Thing]]:
    """Who waits for what is free, the best first. Where schools pick, only what somebody has given up is offered."""
    facts, kept = standing.facts, standing.kept
    given_up = {match.thing_entry_id for match in standing.matches if match.ended}
    placed, taken = {person for person, _ in kept}, {thing for _, thing in kept}
    found = [
        ((facts.wish(person, thing.entry_id) or 0, -len(person.skills & thing.skills), turn), person, thing)
        for turn, person in enumerate(facts.people.values())
        if person.entry_id not in placed and not facts.unfit(person)
        for thing in facts.possible(person)
        if thing.entry_id not in taken and (thing.entry_id in given_up or not facts.schools_pick)
    ]
    return [(person, thing) for _, person, thing in sorted(found, key=lambda one: one[0])]


def _offer(standing: Standing, person: Candidate, thing: Thing, until: dt.date) -> OfferRecord:
    record = standing.record
    key = offer_id(record.round_id, person.entry_id, thing.entry_id)
    before = next((one.version for one in standing.offers if one.offer_id == key), 0)
    return OfferRecord(
        offer_id=key,
        version=before + 1,
        round_id=record.round_id,
        programme_id=record.programme_id,
        round=record.round,
        person_id=person.person_id,
        school_id=person.school_id,
        host_school_id=thing.school_id,
        person_entry_id=person.entry_id,
        thing_entry_id=thing.entry_id,
        wish=standing.facts.wish(person, thing.entry_id),
        until=until,
    )
