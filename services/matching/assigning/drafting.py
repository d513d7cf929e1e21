"""A round is drafted: what the coordinator pinned first, then the engine that the template chose."""

from __future__ import annotations

from collections.abc import Iterable

from services.matching.assigning.balancing import place_in_balance
from services.matching.assigning.placing import place, place_stably
from services.matching.assigning.projects import Matched, Nominations, Practitioner, Project
from services.matching.domain.rounds.facts import RoundFacts
from services.matching.domain.rounds.records import DraftedPlacement

__all__ = ["draft"]


def draft(facts: RoundFacts) -> tuple[DraftedPlacement, ...]:
    """Who would be placed where, in turn of nomination."""
    held = _pinned(facts)
    matched = _matched(facts, _nominations(facts, held))
    found = held | {match.practitioner.id: match.project.id for match in matched.matches}
    return tuple(
        DraftedPlacement(
            person_entry_id=person.entry_id,
            thing_entry_id=found[person.entry_id],
            wish=facts.wish(person, found[person.entry_id]),
        )
        for person in facts.people.values()
        if person.entry_id in found
    )


def _pinned(facts: RoundFacts) -> dict[str, str]:
    """Person's entry -> thing's, of pins that can be kept as things are now."""
    found = dict[str, str]()
    for pin in facts.record.pins:
        person, thing = facts.people.get(pin.person_entry_id), facts.things.get(pin.thing_entry_id)
        if pin.how != "pinned" or person is None or thing is None:
            continue
        free = person.entry_id not in found and thing.entry_id not in found.values()
        if free and not facts.unfit(person) and not facts.gone(thing) and not facts.bar(person, thing):
            found[person.entry_id] = thing.entry_id
    return found


def _nominations(facts: RoundFacts, held: dict[str, str]) -> Nominations:
    taken = set(held.values())
    return Nominations(
        practitioners=tuple(
            Practitioner(
                one.entry_id,
                one.school_id,
                tuple(thing.entry_id for thing in facts.possible(one) if thing.entry_id not in taken),
                one.skills,
            )
            for one in facts.people.values()
            if one.entry_id not in held and not facts.unfit(one)
        ),
        projects=tuple(
            Project(one.entry_id, one.school_id, one.skills)
            for one in facts.things.values()
            if one.entry_id not in taken and not facts.gone(one)
        ),
        ledger=_owed(facts, held.items()),
    )


def _owed(facts: RoundFacts, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    return {school: -gives for school, gives in facts.balance(pairs).items()}


def _matched(facts: RoundFacts, nominations: Nominations) -> Matched:
    if facts.of.choose == "stable":
        return place_stably(nominations)
    return place(nominations) if facts.differ is None else place_in_balance(nominations, facts.differ)
