"""People whom an entry of a form names take the roles that it names them for, and stand in the template's relations.

Whoever an entry no longer names leaves the role that it gave them. Where the school has said since that somebody else
has their place, the entry gives it to them.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.enrolment.people import Known, NewId
from services.programmes.domain.enrolment.publishing import passed, without
from services.programmes.domain.records import Named, Naming, Person, RoleOf
from shared.commands.programmes import PersonDetails
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.events.forms import EntryFacts
from shared.template import Template

__all__ = ["Renaming", "leave", "name", "take_over", "unname"]

_IDS = uuid.UUID("8c4f2a17-6d3b-5e90-9b1c-0a7d5e3f4c21")


@dataclass(frozen=True, slots=True)
class Renaming:
    """Whom the entry names now, the people that changed, and the events to publish; none if nothing has changed."""

    naming: Naming
    people: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()


def name(
    entry: EntryFacts,
    version: int,
    details: Sequence[PersonDetails],
    template: Template,
    *,
    number: int,
    before: Naming | None,
    known: Known,
    new_id: NewId,
    on: dt.date,
) -> Renaming:
    """The people of a submitted entry take their roles; `details` are those whom version `number` names.

    `known`: also everybody whom the version before named.
    """
    known = known.unchanged()
    place = {"school_id": entry.school_id, "programme_id": entry.programme_id, "through": entry.entry_id}
    taken_over = before.taken_over if before else {}
    named = tuple(
        Named(role=one.role, person_id=_now(known.add_role(one, RoleOf(role=one.role, **place), new_id), taken_over))
        for one in details
    )
    naming = Naming(
        entry_id=entry.entry_id,
        programme_id=entry.programme_id,
        school_id=entry.school_id,
        number=number,
        named=named,
        version=max(version, before.version + 1 if before else 0),
        taken_over=taken_over,
    )
    _drop(before, naming, known)
    return Renaming(naming, tuple(known.changed.values()), _events(naming, before, template, on))


def unname(before: Naming, version: int, template: Template, *, known: Known, on: dt.date) -> Renaming:
    """The entry was withdrawn: whom it named leaves the roles that it gave."""
    known = known.unchanged()
    after = before.model_copy(update={"named": (), "version": max(version, before.version + 1)})
    _drop(before, after, known)
    return Renaming(after, tuple(known.changed.values()), _events(after, before, template, on))


def take_over(
    before: Naming,
    leaving: str,
    details: PersonDetails,
    template: Template,
    *,
    known: Known,
    new_id: NewId,
    on: dt.date,
    interim: bool = False,
) -> Renaming:
    """Somebody else has the role that the entry gave to `leaving`; the entry itself stays as it was written."""
    known = known.unchanged()
    person = known.add_role(details, _given(before, details.role), new_id).person_id
    known.drop_role(leaving, _given(before, details.role))
    gone, taken = Named(role=details.role, person_id=leaving), Named(role=details.role, person_id=person)
    named = tuple(taken if one == gone else one for one in before.named)
    passed = {first: person if last == leaving else last for first, last in before.taken_over.items()}
    update = {"named": named, "version": before.version + 1, "taken_over": {**passed, leaving: person}}
    after = before.model_copy(update=update)
    events = _events(after, before, template, on, interim=interim)
    return Renaming(after, tuple(known.changed.values()), events)


def leave(before: Naming, role: str, leaving: str, template: Template, *, known: Known, on: dt.date) -> Renaming:
    """Somebody leaves the role that the entry gave them, and nobody takes it over."""
    known = known.unchanged()
    known.drop_role(leaving, _given(before, role))
    named = tuple(one for one in before.named if one != Named(role=role, person_id=leaving))
    after = before.model_copy(update={"named": named, "version": before.version + 1})
    return Renaming(after, tuple(known.changed.values()), _events(after, before, template, on))


def _given(naming: Naming, role: str) -> RoleOf:
    place = naming.model_dump(include={"school_id", "programme_id"})
    return RoleOf(role=role, through=naming.entry_id, **place)


def _drop(before: Naming | None, after: Naming, known: Known) -> None:
    """Whom the entry no longer names loses the role that it gave."""
    for one in without(before.named if before else (), after.named):
        known.drop_role(one.person_id, _given(after, one.role))


def _now(person: Person, taken_over: Mapping[str, str]) -> str:
    """Who has the place of somebody whom the entry names."""
    return taken_over.get(person.person_id, person.person_id)


def _events(
    naming: Naming, before: Naming | None, template: Template, on: dt.date, *, interim: bool = False
) -> tuple[Event, ...]:
    was, version = before.named if before else (), naming.version
    gone, come = without(was, naming.named), without(naming.named, was)
    return (
        *_ended(naming, was, version, template),
        *(
            parts.RoleLeft(**_membership(naming, one, version), until=on, successor_id=passed(one, gone, come))
            for one in gone
        ),
        *(
            parts.RoleTaken(
                **_membership(naming, one, version),
                since=on,
                entry_id=naming.entry_id,
                replaces=passed(one, come, gone),
                interim=interim,
            )
            for one in come
        ),
        *_declared(naming, was, version, template),
    )


def _membership(naming: Naming, one: Named, version: int) -> dict[str, object]:
    return {
        "version": version,
        "membership_id": f"mem-{uuid.uuid5(_IDS, f'{naming.entry_id}/{one.role}/{one.person_id}').hex}",
        "programme_id": naming.programme_id,
        "person_id": one.person_id,
        "role": one.role,
        "school_id": naming.school_id,
    }


def _ended(naming: Naming, before: Sequence[Named], version: int, template: Template) -> Iterator[Event]:
    standing = _relations(naming.named, template)
    for relation, pair in _relations(before, template).items():
        if standing.get(relation) != pair:
            yield parts.RelationEnded(**_relation(naming, relation, pair, version))


def _declared(naming: Naming, before: Sequence[Named], version: int, template: Template) -> Iterator[Event]:
    stood = _relations(before, template)
    for relation, pair in _relations(naming.named, template).items():
        if stood.get(relation) != pair:
            yield parts.RelationDeclared(**_relation(naming, relation, pair, version))


def _relations(named: Sequence[Named], template: Template) -> Mapping[str, tuple[str, str]]:
    """Relation -> from whom to whom, of those both of whose people are named."""
    holding = {one.role: one.person_id for one in named}
    return {
        relation.key: (holding[relation.from_role], holding[relation.to_role])
        for relation in template.relations
        if relation.from_role in holding and relation.to_role in holding
    }


def _relation(naming: Naming, relation: str, pair: tuple[str, str], version: int) -> dict[str, object]:
    return {
        "version": version,
        "relation_id": f"rel-{uuid.uuid5(_IDS, f'{naming.entry_id}/{relation}/{pair[0]}/{pair[1]}').hex}",
        "programme_id": naming.programme_id,
        "relation": relation,
        "from_person": pair[0],
        "to_person": pair[1],
    }
