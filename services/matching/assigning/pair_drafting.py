"""A round of pairs or rings is drafted: what the coordinator pinned and what goes on first, then the engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from services.matching.assigning.coaching import NO_LIMIT, SENTENCES, Head, why_alone
from services.matching.assigning.pairing import Neighbours, neighbours
from services.matching.assigning.rotating import together, together_in_rings
from services.matching.domain.pairs.facts import PairFacts
from services.matching.domain.pairs.records import DraftedPair, PairRecord
from services.matching.domain.schools import School
from shared.template.kinds import NEIGHBOURS

__all__ = ["draft_pairs", "why_nobody"]

RINGS = "rings"
TWO = 2
ELSEWHERE = "Its small neighbours share a place with others."
LARGEST = {RINGS: 5}


def draft_pairs(facts: PairFacts, *, keep: bool) -> tuple[DraftedPair, ...]:
    """Who would be with whom. `keep`: pairs that stand go on, and only who is alone is matched."""
    heads = _heads(facts)
    free = {head.id for head in heads}
    standing = [one for one in facts.in_force if keep]
    taken = {person for one in standing for person in one.person_ids}
    pinned = [ids for ids in facts.record.said("together") if free.issuperset(ids) and taken.isdisjoint(ids)]
    if facts.of.kind == NEIGHBOURS:
        return _of_neighbours(facts, standing, [ids for ids in pinned if len(ids) == TWO])
    if facts.of.kind == RINGS and not keep:
        found = together_in_rings(heads)
    else:
        everybody = [*heads, *(Head(id=one) for one in sorted(taken - free))]
        held = [one.person_ids for one in standing]
        found = together(everybody, held, pinned, LARGEST.get(facts.of.kind, 3))
    goes_on = {person: one.pair_id for one in standing for person in one.person_ids}
    lines = [tuple(head.id for head in group) for group in found.together]
    return tuple(
        DraftedPair(pair_id=next((goes_on[one] for one in ids if one in goes_on), ""), person_ids=ids) for ids in lines
    )


def why_nobody(facts: PairFacts, person_ids: Collection[str]) -> list[tuple[str, str, str]]:
    """Of each of these who could be with somebody, why not: person, rule, end of a sentence with what would help."""
    if facts.of.kind == NEIGHBOURS:
        left = [(one.id, sentence) for one, sentence in _near(facts, ()).alone if one.id in person_ids]
        left += [(one, ELSEWHERE) for one in person_ids if one not in dict(left)]
        return [(one, "no-neighbour", f"{said[:1].lower()}{said[1:].rstrip('.')}") for one, said in left]
    heads = _heads(facts)
    alone = [why_alone(head, heads) for head in heads if head.id in person_ids]
    return [(one.head.id, one.reason, SENTENCES[one.reason]) for one in alone]


def _of_neighbours(
    facts: PairFacts, standing: Sequence[PairRecord], pinned: Sequence[tuple[str, ...]]
) -> tuple[DraftedPair, ...]:
    """Pairs that were proposed or share a place stay; small schools that are alone are proposed to each other."""
    stay = tuple(DraftedPair(pair_id=one.pair_id, person_ids=one.person_ids) for one in standing)
    taken = {person for ids in (*(one.person_ids for one in standing), *pinned) for person in ids}
    near = tuple(DraftedPair(person_ids=(one.id, other.id)) for one, other, _ in _near(facts, taken).together)
    return (*stay, *(DraftedPair(person_ids=ids) for ids in pinned), *near)


def _near(facts: PairFacts, taken: Collection[str]) -> Neighbours:
    """Who could share a place with whom, each school under the id of its head."""
    free = [one for one in facts.able.values() if one.person_id not in taken]
    schools = [School(id=one.person_id, place=one.place, pupils=one.pupils, phase=one.phase) for one in free]
    apart = {one.person_id: one.apart for one in free}
    return neighbours(schools, facts.of.pupils or 0, facts.of.kilometres or 0.0, apart=apart)


def _heads(facts: PairFacts) -> list[Head]:
    return [
        Head(
            id=one.person_id,
            lines=one.lines,
            place=one.place,
            farthest=NO_LIMIT,
            paired_before=one.met,
            apart=one.apart,
        )
        for one in facts.able.values()
    ]
