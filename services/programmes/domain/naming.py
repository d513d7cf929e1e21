"""People whom an entry of a form names take the roles that it names them for, and stand in the template's relations.

Whoever an entry no longer names leaves the role that it gave them.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.enrolment.people import Known, NewId
from services.programmes.domain.records import Named, Naming, Person, RoleOf
from shared.commands.programmes import PersonDetails
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.events.forms import EntryFacts
from shared.template import Template

__all__ = ["Renaming", "name", "unname"]

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
    """The people of a submitted entry take their roles; `details` are those whom version `number` names."""
    known = known.unchanged()
    place = {"school_id": entry.school_id, "programme_id": entry.programme_id}
    named = tuple(
        Named(role=one.role, person_id=known.add_role(one, RoleOf(role=one.role, **place), new_id).person_id)
        for one in details
    )
    naming = Naming(
        entry_id=entry.entry_id,
        programme_id=entry.programme_id,
        school_id=entry.school_id,
        number=number,
        named=named,
    )
    events = _events(naming, before.named if before else (), version, template, on)
    return Renaming(naming, tuple(known.changed.values()), events)


def unname(before: Naming, version: int, template: Template, on: dt.date) -> Renaming:
    """The entry was withdrawn: whom it named leaves the roles that it gave."""
    after = before.model_copy(update={"named": ()})
    return Renaming(after, (), _events(after, before.named, version, template, on))


def _events(
    naming: Naming, before: Sequence[Named], version: int, template: Template, on: dt.date
) -> tuple[Event, ...]:
    had, has = set(before), set(naming.named)
    return (
        *_ended(naming, before, version, template),
        *(parts.RoleLeft(**_membership(naming, one, version), until=on) for one in before if one not in has),
        *(
            parts.RoleTaken(**_membership(naming, one, version), since=on, entry_id=naming.entry_id)
            for one in naming.named
            if one not in had
        ),
        *_declared(naming, before, version, template),
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
