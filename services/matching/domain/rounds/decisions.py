"""A round is closed, drafted, pinned and published; a placement ends, an offer is answered. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from services.matching.domain.revisions import must_be_latest
from services.matching.domain.rounds.candidates import Candidate, Thing
from services.matching.domain.rounds.events import (
    match_event,
    offer_event,
    round_closed,
    round_drafted,
    round_published,
)
from services.matching.domain.rounds.facts import PICKED, RoundFacts
from services.matching.domain.rounds.offering import ended, settle
from services.matching.domain.rounds.records import (
    DraftedPlacement,
    MatchRecord,
    OfferRecord,
    Pin,
    RoundRecord,
    match_id,
)
from services.matching.domain.rounds.standing import RoundDecision, Standing
from services.matching.domain.rounds.windows import windows_of
from services.matching.domain.rounds.wording import BARS, UNEVEN, called, person_without, thing_called
from shared.errors import Rejected
from shared.template import Template
from shared.template.rounds import Round

__all__ = [
    "answer",
    "closes",
    "drafted",
    "free",
    "hand_over",
    "may_be",
    "pick",
    "pin",
    "publish",
    "two",
    "withdraw",
]


def closes(record: RoundRecord, template: Template, of: Round, moment: str) -> RoundDecision:
    """A window of the clock is over; when it is the last of the round's, the first draft is due."""
    wanted = windows_of(template, of)
    if moment not in wanted or moment in record.over:
        return RoundDecision()
    after = record.changed(over=(*record.over, moment))
    due = wanted <= set(after.over) and after.state == "open" and of.choose != PICKED
    return RoundDecision(record=after, events=(round_closed(after),) if due else ())


def drafted(facts: RoundFacts, found: Sequence[DraftedPlacement]) -> RoundDecision:
    """Take a draft in place of the last one. Raises Rejected once the round is published, or where schools pick."""
    if facts.schools_pick:
        raise Rejected("school-picks", "In this round schools pick themselves, first come; there is no draft.")
    if facts.record.state == "published":
        raise Rejected("already-published", "The round is published; what becomes free is offered to who waits.")
    after = facts.record.changed(state="draft", revision=facts.record.revision + 1, draft=tuple(found))
    facts = replace(facts, record=after)
    event = round_drafted(facts)
    sentence = (
        f"Draft {after.revision}: {event.placed} placed, {event.people_without} people and {event.things_without} "
        "things without. Nobody is told before it is published."
    )
    return RoundDecision(record=after, events=(event,), sentence=sentence)


def pin(standing: Standing, wish: Pin, today: dt.date) -> RoundDecision:
    """Hold to a person and a thing, or forbid them, from the next draft on; in a published round at once.

    Raises Rejected where the entries are unknown, a rule forbids what is to be pinned, or one of the two is taken.
    """
    person, thing = two(standing.facts, wish.pair)
    pinned = wish.how == "pinned"
    if pinned:
        freed = standing.record.model_copy(update={"pins": _without(standing.record, wish.pair)})
        may_be(standing.with_record(freed).facts, person, thing)
    others = [one for one in standing.record.pins if one.pair != wish.pair and not (pinned and _clashes(one, wish))]
    after = standing.record.changed(pins=(*others, wish))
    standing = standing.with_record(after)
    if after.state != "published":
        return RoundDecision(record=after, sentence="Counts from the next draft; `kindred rounds draft` makes one.")
    if not pinned:
        return settle(standing, today, RoundDecision(record=after, sentence="Will not be offered."))
    return _placed_at_once(standing, wish.pair, today)


def pick(standing: Standing, pair: tuple[str, str], today: dt.date) -> RoundDecision:
    """A school takes a thing for somebody it named, at once; the first pick publishes the round.

    Raises Rejected where the template does not let schools pick, a rule forbids it, or one of the two is taken.
    """
    facts = standing.facts
    if not facts.schools_pick:
        raise Rejected("no-picking", "In this round the coordinator places people; ask for it by a wish.")
    person, thing = two(facts, pair)
    may_be(facts, person, thing)
    _must_be_free(standing, person, thing)
    if any(one.thing_entry_id == pair[1] and one.person_entry_id != pair[0] for one in standing.open_offers):
        raise Rejected("taken", f"{thing_called(facts, thing)} is kept for somebody who waits.")
    if not facts.in_balance(person, thing, [one for one in standing.kept if one != pair]):
        raise Rejected("ledger", f"{called(facts, person)} cannot be placed to {thing_called(facts, thing)}: {UNEVEN}.")
    first = standing.record.state != "published"
    after = standing.record.changed(state="published", revision=max(standing.record.revision, 1))
    standing = standing.with_record(after)
    decision = _placed_at_once(standing, pair, today)
    return replace(decision, events=(round_published(standing), *decision.events)) if first else decision


def two(facts: RoundFacts, pair: tuple[str, str]) -> tuple[Candidate, Thing]:
    """The person and the thing of these entries. Raises Rejected("unknown-entry")."""
    person, thing = facts.people.get(pair[0]), facts.things.get(pair[1])
    if person is None or thing is None or facts.gone(thing):
        raise Rejected("unknown-entry", "Name the entry of a person and of a thing in this round that still stand.")
    return person, thing


def may_be(facts: RoundFacts, person: Candidate, thing: Thing) -> None:
    """Raise Rejected with the rule that keeps the two apart."""
    if bar := facts.bar(person, thing):
        raise Rejected(bar, f"{called(facts, person)} cannot be placed to {thing_called(facts, thing)}: {BARS[bar]}.")


def _clashes(one: Pin, wish: Pin) -> bool:
    same = one.person_entry_id == wish.person_entry_id or one.thing_entry_id == wish.thing_entry_id
    return one.how == "pinned" and same


def _must_be_free(standing: Standing, person: Candidate, thing: Thing) -> None:
    facts, pairs = standing.facts, standing.pairs
    if any(person.entry_id == one for one, _ in pairs):
        raise Rejected("placed-already", f"{called(facts, person)} has a place; withdraw it first.")
    if any(thing.entry_id == one for _, one in pairs):
        raise Rejected("taken", f"Somebody is placed to {thing_called(facts, thing)}; withdraw that placement first.")
    if facts.unfit(person):
        raise Rejected(*person_without(facts, person, pairs))


def _placed_at_once(standing: Standing, pair: tuple[str, str], today: dt.date) -> RoundDecision:
    _must_be_free(standing, *two(standing.facts, pair))
    match = _match(standing, *pair, told=True)
    done = RoundDecision(record=standing.record, matches=(match,), events=(match_event(match),), sentence="Placed.")
    return settle(standing.with_match(match), today, done)


def _without(record: RoundRecord, pair: tuple[str, str]) -> tuple[Pin, ...]:
    return tuple(one for one in record.pins if one.pair != pair)


def free(record: RoundRecord, pair: tuple[str, str]) -> RoundDecision:
    """Take back a pin, what was forbidden, or what schools agreed. Raises Rejected where there is none of it."""
    others, agreed = _without(record, pair), tuple(one for one in record.agreed if one.pair != pair)
    if len(others) == len(record.pins) and agreed == record.agreed:
        raise Rejected("no-pin", "Nothing is pinned or forbidden for these two.")
    after = record.changed(pins=others, agreed=agreed)
    return RoundDecision(record=after, sentence="Taken back; counts from the next draft.")


def publish(standing: Standing, revision: int) -> RoundDecision:
    """Let the draft stand. Raises Rejected where it is not the latest, or part of it cannot be any more."""
    record, facts = standing.record, standing.facts
    if record.state == "published":
        raise Rejected("already-published", "The round is published already.")
    if record.state == "open":
        raise Rejected("no-draft", "There is no draft to publish; `kindred rounds draft` makes one.")
    must_be_latest(revision, record.revision)
    if wrong := _impossible(facts):
        raise Rejected("stale-draft", f"{wrong[0]} Draft again: {len(wrong)} of the placements cannot be any more.")
    pairs = [(one.person_entry_id, one.thing_entry_id) for one in record.draft]
    matches = tuple(_match(standing, person, thing, told=False) for person, thing in pairs)
    after = record.changed(state="published", draft=())
    event = round_published(replace(standing.with_record(after), matches=matches))
    sentence = f"{event.placed} are placed; {event.people_without} people and {event.things_without} things are not."
    return RoundDecision(record=after, matches=matches, events=(event,), sentence=sentence)


def _impossible(facts: RoundFacts) -> list[str]:
    """What stands against lines of the draft, in sentences."""
    found = []
    for line in facts.record.draft:
        person, thing = facts.people[line.person_entry_id], facts.things[line.thing_entry_id]
        if facts.unfit(person):
            found.append(person_without(facts, person, ())[1])
        elif facts.gone(thing):
            found.append(f"{thing_called(facts, thing)} was withdrawn.")
        elif bar := facts.bar(person, thing):
            found.append(f"{called(facts, person)} cannot go to {thing_called(facts, thing)}: {BARS[bar]}.")
    return found


def withdraw(standing: Standing, match: MatchRecord, leaving: str, today: dt.date) -> RoundDecision:
    """End a placement; what stays of it is on the list again. Raises Rejected where it is over already."""
    if match.ended:
        raise Rejected("ended-already", "This placement has ended already.")
    gone = {"person": (match.person_entry_id,), "thing": (match.thing_entry_id,)}
    out = gone.get(leaving, (match.person_entry_id, match.thing_entry_id))
    over = ended(match, "thing-withdrawn" if leaving == "thing" else "person-left")
    after = standing.record.changed(
        out=tuple(dict.fromkeys((*standing.record.out, *out))),
        pins=_without(standing.record, (match.person_entry_id, match.thing_entry_id)),
    )
    done = RoundDecision(record=after, matches=(over,), events=(match_event(over),))
    decision = settle(standing.with_record(after).with_match(over), today, done)
    offered = sum(one.state == "open" for one in decision.offers)
    what = "nothing is" if not offered else "a place is" if offered == 1 else f"{offered} places are"
    sentence = f"The placement has ended; {what} offered to who waits."
    return replace(decision, sentence=sentence)


def hand_over(
    standing: Standing, person_id: str, successor: str | None, today: dt.date, *, then_settle: bool = True
) -> RoundDecision:
    """Somebody no longer has the role: a successor goes on with their placement, without one it ends.

    `then_settle`: what that leaves free is offered at once.
    """
    mine = [one for one in standing.in_force if one.person_id == person_id]
    if not mine:
        return RoundDecision()
    decision = RoundDecision(record=standing.record.changed())
    for match in mine:
        if successor:
            update = {"person_id": successor, "version": match.version + 1, "told": True}
            after = match.model_copy(update=update)
        else:
            after = ended(match, "person-left")
            out = tuple(dict.fromkeys((*standing.record.out, match.person_entry_id)))
            standing = standing.with_record(standing.record.model_copy(update={"out": out}))
        standing = standing.with_match(after)
        decision = replace(decision, matches=(*decision.matches, after), events=(*decision.events, match_event(after)))
    decision = replace(decision, record=standing.record.changed())
    return settle(standing, today, decision) if then_settle else decision


def answer(standing: Standing, offer: OfferRecord, said: str, today: dt.date) -> RoundDecision:
    """An offer is `accepted`, `declined`, or its time is over (`silent`). Raises Rejected where it is settled."""
    if offer.state != "open":
        raise Rejected("offer-over", "This place is no longer on offer.")
    after = offer.model_copy(update={"state": said, "version": offer.version + 1})
    record = standing.record.changed()
    standing = standing.with_record(record).with_offer(after)
    done = RoundDecision(record=record, offers=(after,), events=(offer_event(after),), sentence="It passes on.")
    if said == "accepted":
        match = _match(standing, offer.person_entry_id, offer.thing_entry_id, told=True)
        standing = standing.with_match(match)
        done = replace(
            done, matches=(match,), events=(*done.events, match_event(match)), sentence="The place is taken."
        )
    return settle(standing, today, done)


def _match(standing: Standing, person_entry_id: str, thing_entry_id: str, *, told: bool) -> MatchRecord:
    """A new placement; the same two placed again go on with their old one."""
    record, facts = standing.record, standing.facts
    person, thing = facts.people[person_entry_id], facts.things[thing_entry_id]
    key = match_id(record.round_id, person_entry_id, thing_entry_id)
    before = next((one.version for one in standing.matches if one.match_id == key), 0)
    return MatchRecord(
        match_id=key,
        round_id=record.round_id,
        programme_id=record.programme_id,
        round=record.round,
        version=before + 1,
        person_id=person.person_id,
        role=person.role,
        school_id=person.school_id,
        host_school_id=thing.school_id,
        person_entry_id=person_entry_id,
        thing_entry_id=thing_entry_id,
        wish=facts.wish(person, thing_entry_id),
        told=told,
    )
