"""Who stands in which relation to whom: declared, ended, handed over. Nobody stands to themselves, or in a circle."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.parties.records import RelationRecord, relation_id
from shared.errors import Rejected
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.events.parties import LineHandedOver
from shared.template import Template
from shared.template.people import Relation

__all__ = ["LineDecision", "Roles", "declare", "end", "hand_over"]

_HANDOVERS = uuid.UUID("d2a7c3b4-51e8-5c0d-8a36-97f0b1d4e6a2")
Roles = Mapping[str, frozenset[str]]
"""Person -> the roles that they hold in the programme, wherever."""


@dataclass(frozen=True, slots=True)
class LineDecision:
    """Relations as they stand now, and the events to publish."""

    relations: tuple[RelationRecord, ...] = ()
    events: tuple[Event, ...] = ()


def declare(
    wanted: RelationRecord,
    template: Template,
    *,
    roles: Roles,
    standing: Sequence[RelationRecord],
    names: Mapping[str, str],
) -> LineDecision:
    """A relation comes to stand, or between other days. `standing`: all of the programme. Raises Rejected."""
    _refuse_roles(wanted, template, roles, names)
    if wanted.from_person == wanted.to_person:
        who = names.get(wanted.from_person, "Somebody")
        raise Rejected("to-oneself", f"{who} cannot stand in '{wanted.relation}' to themselves.")
    if wanted.until is not None and wanted.until <= wanted.since:
        raise Rejected("wrong-days", f"It ends on {wanted.until:%d/%m/%Y}, before it begins.")
    before = next((one for one in standing if one.relation_id == wanted.relation_id), None)
    others = [one for one in standing if one.relation_id != wanted.relation_id]
    _refuse_circle(wanted, others, names)
    if before and (before.since, before.until) == (wanted.since, wanted.until):
        return LineDecision()
    after = wanted.model_copy(update={"version": before.version + 1 if before else 1})
    return LineDecision((after,), (_declared(after),))


def end(before: RelationRecord | None, until: dt.date) -> LineDecision:
    """A relation stands no longer. Raises Rejected("no-such-relation")."""
    if before is None or not before.stands_after(until):
        raise Rejected(
            "no-such-relation", "They do not stand in this relation; `kindred relations list` shows who does."
        )
    after = before.model_copy(update={"until": max(until, before.since), "version": before.version + 1})
    return LineDecision((after,), (_ended(after),))


def hand_over(
    role: str,
    leaving: str,
    successor: str | None,
    template: Template,
    *,
    standing: Sequence[RelationRecord],
    still: frozenset[str],
    names: Mapping[str, str],
    on: dt.date,
) -> LineDecision:
    """What becomes of a leaver's relations in that role: the successor stands in them, or nobody does.

    `still`: the roles that the leaver keeps; relations that go with one of those stay theirs, too. What would stand to
    the successor themselves falls away. Raises Rejected("circle").
    """
    after = {one.relation_id: one for one in standing}
    changed: dict[str, RelationRecord] = {}
    told: list[str] = []
    for one in standing:
        fitting = _fitting(one, leaving, template)
        if role not in fitting or not one.stands_after(on):
            continue
        if not fitting & still:
            changed[one.relation_id] = after[one.relation_id] = one.model_copy(
                update={"until": max(on, one.since), "version": one.version + 1}
            )
        other = one.to_person if one.from_person == leaving else one.from_person
        if successor is not None and successor != other:
            new = _passed(one, leaving, successor, after, on)
            if new is not None:
                _refuse_circle(new, [each for each in after.values() if each.stands_after(on)], names)
                changed[new.relation_id] = after[new.relation_id] = new
                told.append(other)
    said = tuple(
        _ended(one) if one.until is not None and one.until <= on else _declared(one) for one in changed.values()
    )
    if successor is not None and told:
        said = (*said, _handed_over(standing[0].programme_id, role, (leaving, successor), on=on, told=told))
    return LineDecision(tuple(changed.values()), said)


def _passed(
    one: RelationRecord, leaving: str, successor: str, known: Mapping[str, RelationRecord], on: dt.date
) -> RelationRecord | None:
    """The relation with the successor in the leaver's place; None where they stand in it already."""
    ends = {"from_person": one.from_person, "to_person": one.to_person}
    ends = {end: successor if person == leaving else person for end, person in ends.items()}
    key = relation_id(one.programme_id, one.relation, ends["from_person"], ends["to_person"])
    before = known.get(key)
    if before is not None and before.stands_after(on):
        return None
    update = {**ends, "relation_id": key, "since": max(on, one.since), "version": before.version + 1 if before else 1}
    return one.model_copy(update=update)


def _fitting(one: RelationRecord, person: str, template: Template) -> frozenset[str]:
    """The roles in which the person stands at their end of a relation; none where they do not stand in it."""
    if person not in {one.from_person, one.to_person}:
        return frozenset()
    pairs = [each for each in template.relations if each.key == one.relation]
    return frozenset(each.from_role if person == one.from_person else each.to_role for each in pairs)


def _refuse_roles(wanted: RelationRecord, template: Template, roles: Roles, names: Mapping[str, str]) -> None:
    pairs = [one for one in template.relations if one.key == wanted.relation]
    if not pairs:
        known = ", ".join(dict.fromkeys(one.key for one in template.relations)) or "none"
        raise Rejected("unknown-relation", f"This programme has no relation '{wanted.relation}'; relations: {known}.")
    own, other = roles.get(wanted.from_person, frozenset()), roles.get(wanted.to_person, frozenset())
    if not any(one.from_role in own and one.to_role in other for one in pairs):
        either = "; ".join(_said(one, template) for one in pairs)
        sentence = (
            f"{names.get(wanted.from_person)} and {names.get(wanted.to_person)} do not hold the roles of "
            f"'{wanted.relation}': {either}."
        )
        raise Rejected("other-roles", sentence)


def _said(one: Relation, template: Template) -> str:
    titles = {role.key: role.title or role.key for role in template.roles}
    return f"from {titles.get(one.from_role, one.from_role)} to {titles.get(one.to_role, one.to_role)}"


def _refuse_circle(wanted: RelationRecord, others: Iterable[RelationRecord], names: Mapping[str, str]) -> None:
    """Raise Rejected("circle") with the names, where relations of one kind lead from somebody back to them."""
    onward: dict[str, list[str]] = {}
    for one in others:
        if one.relation == wanted.relation and _overlap(one, wanted):
            onward.setdefault(one.from_person, []).append(one.to_person)
    path = _way(wanted.to_person, wanted.from_person, onward)
    if path:
        said = " -> ".join(names.get(one, one) for one in (wanted.from_person, *path))
        raise Rejected("circle", f"'{wanted.relation}' would go in a circle: {said}.")


def _way(start: str, goal: str, onward: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """From one person to another along relations; empty where none leads there."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for following in onward.get(way[-1], ()):
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()


def _overlap(one: RelationRecord, other: RelationRecord) -> bool:
    """Whether there is a day on which both stand."""
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


def _declared(one: RelationRecord) -> Event:
    return parts.RelationDeclared.model_validate(one.model_dump())


def _ended(one: RelationRecord) -> Event:
    return parts.RelationEnded.model_validate(one.model_dump())


def _handed_over(programme_id: str, role: str, people: tuple[str, str], *, on: dt.date, told: Sequence[str]) -> Event:
    leaving, successor = people
    key = f"{programme_id}/{role}/{leaving}/{successor}/{on.isoformat()}"
    return LineHandedOver(
        version=1,
        handover_id=f"hnd-{uuid.uuid5(_HANDOVERS, key).hex}",
        programme_id=programme_id,
        role=role,
        left=leaving,
        successor=successor,
        on=on,
        person_ids=tuple(dict.fromkeys(told)),
    )
