"""Two schools agree between themselves who is placed where: each says so, and then it is a pin. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from services.matching.domain.rounds.candidates import Candidate, Thing
from services.matching.domain.rounds.decisions import may_be, pin, two
from services.matching.domain.rounds.facts import RoundFacts
from services.matching.domain.rounds.records import OutsideAgreement, Pin, Side
from services.matching.domain.rounds.standing import RoundDecision, Standing
from services.matching.domain.rounds.wording import called, thing_called
from shared.errors import Rejected

__all__ = ["agree"]

BOTH = 2


def agree(standing: Standing, pair: tuple[str, str], person_id: str, today: dt.date) -> RoundDecision:
    """Somebody says for their school that the two have agreed; the second school to say so makes it a pin.

    Raises Rejected: no-agreements, unknown-entry, not-theirs, the rule that forbids it, pinned-elsewhere, and what
    keeps a pin out of a round that is published.
    """
    facts, record = standing.facts, standing.record
    if not facts.of.agreed_outside:
        raise Rejected("no-agreements", "In this round schools do not agree between themselves; ask the coordinator.")
    person, thing = two(facts, pair)
    side = _side(person, thing, person_id)
    if record.said(pair) != "pinned":
        may_be(facts, person, thing)
    _free_elsewhere(facts, pair, person, thing)
    before = record.agreement(pair) or OutsideAgreement(person_entry_id=pair[0], thing_entry_id=pair[1])
    if side in before.sides:
        return RoundDecision(sentence=_waits(facts, before, person, thing))
    now = before.model_copy(update={"sides": (*before.sides, side)})
    after = record.changed(agreed=(*(one for one in record.agreed if one.pair != pair), now))
    if len(now.sides) < BOTH:
        return RoundDecision(record=after, sentence=_waits(facts, now, person, thing))
    wish = Pin(person_entry_id=pair[0], thing_entry_id=pair[1], how="pinned")
    decision = pin(standing.with_record(after), wish, today)
    said = f"Both schools have agreed: {_lower(called(facts, person))} goes to {thing_called(facts, thing)}."
    return replace(decision, sentence=f"{said} {decision.sentence}".strip())


def _side(person: Candidate, thing: Thing, person_id: str) -> Side:
    """For which of the two schools somebody speaks: who named the person, or who answers for the thing."""
    if person_id in person.author_ids:
        return "sends"
    if person_id in thing.answering:
        return "receives"
    raise Rejected("not-theirs", "Only who named the person, or who answers for the thing, says so for their school.")


def _free_elsewhere(facts: RoundFacts, pair: tuple[str, str], person: Candidate, thing: Thing) -> None:
    """Raise Rejected where the coordinator, or two schools, have pinned one of the two elsewhere."""
    for one in facts.record.pins:
        if one.how != "pinned" or one.pair == pair:
            continue
        if one.person_entry_id == pair[0]:
            raise Rejected("pinned-elsewhere", f"{called(facts, person)} is pinned to another place already.")
        if one.thing_entry_id == pair[1]:
            raise Rejected("pinned-elsewhere", f"Somebody else is pinned to {thing_called(facts, thing)} already.")


def _waits(facts: RoundFacts, now: OutsideAgreement, person: Candidate, thing: Thing) -> str:
    if len(now.sides) == BOTH:
        return "Both schools have agreed already."
    other = thing.school_id if "sends" in now.sides else person.school_id
    return f"Noted. It counts once {facts.name(other)} says so, too."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
