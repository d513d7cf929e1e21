"""A round of pairs begins, is drafted, pinned and published; a pair ends, or goes on without somebody. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from services.matching.domain.pairs.events import pair_event, round_begins, round_drafted, round_published
from services.matching.domain.pairs.facts import PairFacts
from services.matching.domain.pairs.records import DraftedPair, PairPin, PairRecord, PairRoundRecord, pair_id
from services.matching.domain.revisions import must_be_latest
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.pairs import EndReason
from shared.template.kinds import NEIGHBOURS
from shared.template.rounds import Round

__all__ = ["PairDecision", "begins", "drafted", "end", "free", "goes_on", "leaves", "pin", "publish"]

FEWEST, MOST = 2, 3


@dataclass(frozen=True, slots=True)
class PairDecision:
    """What is to be saved, and the events to publish, in this order. `sentence` is for the person who asked."""

    record: PairRoundRecord | None = None
    pairs: tuple[PairRecord, ...] = ()
    events: tuple[Event, ...] = ()
    sentence: str = ""


def begins(record: PairRoundRecord, of: Round, moment: str) -> PairDecision:
    """A moment of the clock has come; where the round names it, a draft for the next run is due."""
    if moment not in of.begins or moment in record.begun:
        return PairDecision()
    after = record.changed(begun=(*record.begun, moment))
    return PairDecision(record=after, events=(round_begins(after),))


def goes_on(facts: PairFacts) -> bool:
    """Whether what stands stays whatever is drafted: neighbours are not parted by a next round."""
    return facts.of.kind == NEIGHBOURS and bool(facts.in_force)


def drafted(facts: PairFacts, found: Sequence[DraftedPair], *, keep: bool) -> PairDecision:
    """Take a draft in place of the last one. Raises Rejected where pairs are to be kept and none stand."""
    record = facts.record
    if keep and not facts.in_force:
        raise Rejected("no-pairs", "No pairs stand that could be kept; draft without --keep.")
    after = record.changed(state="draft", revision=record.revision + 1, draft=tuple(found), keeps=keep)
    facts = facts.with_record(after)
    event = round_drafted(facts)
    what = "Pairs that stand go on." if keep else f"It would be round {record.run + 1}."
    sentence = (
        f"Draft {after.revision}: {_counted(len(found), 'pair or ring', 'pairs and rings')} of {event.placed} people, "
        f"{event.people_without} with nobody. {what} {_repeats(facts, found)}Nobody is told before it is published."
    )
    return PairDecision(record=after, events=(event,), sentence=sentence)


def pin(facts: PairFacts, wish: PairPin) -> PairDecision:
    """Hold people together, or apart, from the next draft on.

    Raises Rejected where somebody takes no part, a rule forbids it, or they are to be together and apart.
    """
    ids = wish.person_ids
    if len(set(ids)) != len(ids) or not FEWEST <= len(ids) <= (MOST if wish.how == "together" else FEWEST):
        raise Rejected("wrong-number", "Name two people, or three for a ring of three that is to be together.")
    if any(one not in facts.members for one in ids):
        raise Rejected("unknown-person", "Name people who take part in this round; `kindred pairs show` lists them.")
    record = facts.record
    others = tuple(one for one in record.pins if set(one.person_ids) != set(ids))
    if wish.how == "together":
        _may_be_together(facts.with_record(record.model_copy(update={"pins": others})), ids)
        others = tuple(one for one in others if one.how == "apart" or not set(one.person_ids) & set(ids))
    after = record.changed(pins=(*others, wish))
    return PairDecision(record=after, sentence="Counts from the next draft; `kindred pairs draft` makes one.")


def _may_be_together(facts: PairFacts, ids: Sequence[str]) -> None:
    if facts.of.kind == "rings":
        raise Rejected("rings-as-a-whole", "Rings are made as a whole; keep people apart instead.")
    able = facts.able
    if skips := [one for one in ids if one not in able]:
        raise Rejected("skips", f"Whoever takes part for {facts.school(skips[0])} has said not this time.")
    for one, other in combinations(ids, 2):
        if other in able[one].apart:
            raise Rejected("kept-apart", "These people are kept apart: by their school, or because you said so.")
        if able[one].lines & able[other].lines:
            raise Rejected("same-line", "These people report to the same person.")


def free(record: PairRoundRecord, person_ids: Sequence[str]) -> PairDecision:
    """Take back that people are to be together or apart. Raises Rejected where neither was said."""
    others = tuple(one for one in record.pins if set(one.person_ids) != set(person_ids))
    if len(others) == len(record.pins):
        raise Rejected("no-pin", "Nothing is said of exactly these people.")
    return PairDecision(record=record.changed(pins=others), sentence="Taken back; counts from the next draft.")


def publish(facts: PairFacts, revision: int, now: dt.datetime) -> PairDecision:
    """Let the draft stand; the pairs that change are told of later, batch by batch.

    Raises Rejected where the draft is not the latest, or part of it cannot be any more.
    """
    record = facts.record
    if record.state != "draft":
        raise Rejected("no-draft", "There is no draft to publish; `kindred pairs draft` makes one.")
    must_be_latest(revision, record.revision)
    _still_possible(facts)
    run = record.run if record.keeps else record.run + 1
    since = record.since if record.keeps else now.isoformat()
    after = record.changed(state="published", draft=(), run=run, since=since, keeps=False)
    changed = {one.pair_id: one for one in _difference(facts, run)}
    kept = [one for one in facts.standing if one.pair_id not in changed]
    event = round_published(replace(facts, record=after, standing=[*kept, *changed.values()]))
    sentence = f"{event.placed} people are in pairs and rings; {event.people_without} are with nobody."
    untold = tuple(one.model_copy(update={"told": False}) for one in changed.values())
    return PairDecision(after, untold, (event,), sentence)


def _still_possible(facts: PairFacts) -> None:
    known = facts.able.keys() | {one for pair in facts.in_force for one in pair.person_ids}
    stand = {"", *(one.pair_id for one in facts.in_force)}
    if any(line.pair_id not in stand for line in facts.record.draft):
        raise Rejected("stale-draft", "One of the pairs that were to go on has ended. Draft again.")
    for line in facts.record.draft:
        if gone := [one for one in line.person_ids if one not in known]:
            where = facts.school(gone[0]) or "a school that has left"
            what = "has said not this time" if gone[0] in facts.members else "takes no part any more"
            raise Rejected("stale-draft", f"Somebody of {where} {what}. Draft again.")


def _difference(facts: PairFacts, run: int) -> list[PairRecord]:
    """The pairs that end, that go on with others, and that are new."""
    goes_on = {line.pair_id: line for line in facts.record.draft if line.pair_id}
    found = []
    for pair in facts.in_force:
        line = goes_on.get(pair.pair_id)
        if line is None:
            found.append(ended(pair, "next-round"))
        elif set(line.person_ids) != set(pair.person_ids):
            found.append(_with(facts, pair, line.person_ids))
    versions = {one.pair_id: one.version for one in facts.standing}
    new = [line.person_ids for line in facts.record.draft if not line.pair_id]
    return [*found, *(_new(facts, run, person_ids, versions) for person_ids in new)]


def _new(facts: PairFacts, run: int, person_ids: tuple[str, ...], versions: Mapping[str, int]) -> PairRecord:
    """A pair; of the same people in the same run, the next version. `versions`: pair -> its latest."""
    record = facts.record
    key = pair_id(record.round_id, run, person_ids)
    return PairRecord(
        pair_id=key,
        version=versions.get(key, 0) + 1,
        round_id=record.round_id,
        programme_id=record.programme_id,
        round=record.round,
        run=run,
        person_ids=person_ids,
        school_ids=tuple(facts.members[one].school_id for one in person_ids),
        again=facts.again(person_ids),
    )


def _with(facts: PairFacts, pair: PairRecord, person_ids: tuple[str, ...]) -> PairRecord:
    """The same pair with these people."""
    at = dict(zip(pair.person_ids, pair.school_ids, strict=True))
    schools = tuple(at.get(one) or facts.members[one].school_id for one in person_ids)
    joined = tuple(one for one in person_ids if one not in at)
    fields = {"person_ids": person_ids, "school_ids": schools, "joined": joined}
    return pair.model_copy(update={**fields, "version": pair.version + 1})


def ended(pair: PairRecord, reason: EndReason) -> PairRecord:
    """The pair once it is over."""
    return pair.model_copy(update={"ended": True, "reason": reason, "version": pair.version + 1, "told": True})


def end(record: PairRoundRecord, pair: PairRecord) -> PairDecision:
    """The coordinator ends a pair, and keeps its people apart from now on. Raises Rejected where it is over."""
    if pair.ended:
        raise Rejected("pair-over", "They are together no longer.")
    over = ended(pair, "coordinator")
    apart = [PairPin(person_ids=both, how="apart") for both in combinations(pair.person_ids, 2)]
    others = [one for one in record.pins if not set(one.person_ids) <= set(pair.person_ids)]
    after = record.changed(pins=(*others, *apart))
    sentence = "Ended. `kindred pairs draft --keep` finds others for them and moves nobody else."
    return PairDecision(after, (over,), (pair_event(over),), sentence)


def leaves(record: PairRoundRecord, pairs: Iterable[PairRecord], person_id: str, reason: EndReason) -> PairDecision:
    """Somebody is gone: a pair ends, a ring goes on without them. Whoever follows them takes no pair over."""
    changed = []
    for pair in pairs:
        stay = [one for one in pair.person_ids if one != person_id]
        if pair.ended or len(stay) == len(pair.person_ids):
            continue
        if pair.shared and reason == "person-left":
            continue  # the place is the schools', whoever leads them
        if len(stay) < FEWEST:
            changed.append(ended(pair, reason))
        else:
            at = dict(zip(pair.person_ids, pair.school_ids, strict=True))
            fields = {"person_ids": tuple(stay), "school_ids": tuple(at[one] for one in stay), "joined": ()}
            changed.append(pair.model_copy(update={**fields, "version": pair.version + 1, "told": True}))
    if not changed:
        return PairDecision()
    return PairDecision(record.changed(), tuple(changed), tuple(map(pair_event, changed)))


def _repeats(facts: PairFacts, found: Sequence[DraftedPair]) -> str:
    """That fresh pairs have run out, where they have."""
    again = sum(facts.again(line.person_ids) for line in found if not line.pair_id)
    if not again:
        return ""
    return f"Fresh pairs have run out: {_counted(again, 'is', 'are')} of people who were together before. "


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
