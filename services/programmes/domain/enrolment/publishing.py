"""How an enrolment is published: whole, as 0.1.0 does, or in parts for programmes in the language of templates.

In parts, the school's enrolment says what the school stated, and each of its people takes or leaves a role by a fact of
their own. All of them bear the enrolment's version, so the newest one wins.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import TypeVar

from services.programmes.domain.records import EnrolmentRecord, HeldRole, Named, Person
from shared.events import programmes as whole
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.events.programmes import SchoolFacts

__all__ = [
    "membership_id",
    "passed",
    "published",
    "published_addition",
    "published_again",
    "published_departure",
    "published_leaving",
    "published_replacement",
    "published_withdrawal",
    "without",
]

Role = TypeVar("Role", HeldRole, Named)
_MEMBERSHIPS = uuid.UUID("5b0d6a3e-9a0c-5d0a-8f2b-6c1a7e4d2b90")


def membership_id(programme_id: str, school_id: str | None, role: str, person_id: str) -> str:
    """One membership a programme, place, role and person, also when somebody comes back to it."""
    return f"mem-{uuid.uuid5(_MEMBERSHIPS, f'{programme_id}/{school_id}/{role}/{person_id}').hex}"


def published(
    record: EnrolmentRecord, before: EnrolmentRecord | None, facts: SchoolFacts, on: dt.date
) -> tuple[Event, ...]:
    """The events of a school that has joined, joined again or changed what it says; `on` is today."""
    fresh = before is None or before.state == "withdrawn"
    if not record.in_parts:
        return (_whole(record, facts, fresh=fresh),)
    held = before.people if before and not fresh else ()
    return (_part(record, facts, fresh=fresh), *_roles(record, held, record.people, on))


def published_again(record: EnrolmentRecord, facts: SchoolFacts) -> Event:
    """The event that states an enrolment anew because the register says something else of its school."""
    return _part(record, facts, fresh=False) if record.in_parts else _whole(record, facts, fresh=False)


def published_withdrawal(record: EnrolmentRecord, on: dt.date) -> tuple[Event, ...]:
    """The events of a school that has left."""
    stated = record.model_dump(include={"version", "programme_id", "enrolment_id", "school_id"})
    if not record.in_parts:
        return (whole.SchoolWithdrawn(**stated),)
    return (parts.SchoolWithdrawn(**stated), *_roles(record, record.people, (), on))


def published_replacement(
    record: EnrolmentRecord, before: EnrolmentRecord, leaving: str, taken: HeldRole, on: dt.date
) -> tuple[Event, ...]:
    """The events of somebody who takes over a role from `leaving`."""
    if record.in_parts:
        return _roles(record, before.people, record.people, on)
    stated = record.model_dump(include={"version", "programme_id", "enrolment_id", "school_id"})
    return (
        whole.PersonReplaced.model_validate(
            {
                **stated,
                "role": taken.role,
                "person_id": leaving,
                "replaced_by": taken.person_id,
                "dates_not_possible": taken.dates_not_possible,
            }
        ),
    )


def published_addition(
    record: EnrolmentRecord,
    person: Person,
    role: str,
    on: dt.date,
    *,
    replaces: str | None = None,
    interim: bool = False,
) -> tuple[Event, ...]:
    """The events of a person who is named for a role after enrolment."""
    if not record.in_parts:
        return ()
    held = HeldRole(person_id=person.person_id, role=role)
    own = {"membership_id": _added_id(record, held), "version": person.version, "since": on}
    return (
        parts.RoleTaken.model_validate({**_membership(record, held), **own, "replaces": replaces, "interim": interim}),
    )


def published_departure(
    record: EnrolmentRecord, person: Person, role: str, on: dt.date, successor: str | None = None
) -> tuple[Event, ...]:
    """The events of somebody who was named for a role after enrolment, and leaves it. `person`: as they are now."""
    held = HeldRole(person_id=person.person_id, role=role)
    own = {"membership_id": _added_id(record, held), "version": person.version, "until": on}
    return (parts.RoleLeft.model_validate({**_membership(record, held), **own, "successor_id": successor}),)


def published_leaving(record: EnrolmentRecord, before: EnrolmentRecord, on: dt.date) -> tuple[Event, ...]:
    """The events of people who leave their roles while the school stays."""
    return _roles(record, before.people, record.people, on)


def _added_id(record: EnrolmentRecord, held: HeldRole) -> str:
    """A membership of its own: its versions are the person's, not the enrolment's."""
    return membership_id(record.programme_id, f"{record.school_id}/added", held.role, held.person_id)


def _whole(record: EnrolmentRecord, facts: SchoolFacts, *, fresh: bool) -> Event:
    kind = whole.SchoolEnrolled if fresh else whole.EnrolmentAmended
    people = tuple(held.model_dump() for held in record.people)
    return kind.model_validate({**_stated(record, facts), "people": people})


def _part(record: EnrolmentRecord, facts: SchoolFacts, *, fresh: bool) -> Event:
    kind = parts.SchoolEnrolled if fresh else parts.EnrolmentAmended
    return kind.model_validate(_stated(record, facts))


def _stated(record: EnrolmentRecord, facts: SchoolFacts) -> dict[str, object]:
    """What the school states of itself, without the evidence."""
    return {
        "version": record.version,
        "programme_id": record.programme_id,
        "enrolment_id": record.enrolment_id,
        "school": facts.model_dump(),
        "strengths": [claim.model_dump(include={"topic", "weight"}) for claim in record.strengths],
        "needs": [claim.model_dump(include={"topic", "weight"}) for claim in record.needs],
        "dates_not_possible": record.dates_not_possible,
        "farthest_travel_km": record.farthest_travel_km,
        "not_with": [other.school_id for other in record.not_with],
    }


def _roles(
    record: EnrolmentRecord, before: tuple[HeldRole, ...], after: tuple[HeldRole, ...], on: dt.date
) -> tuple[Event, ...]:
    """Roles that were left, then those that were taken; who holds the same role as before is not spoken of."""
    return (*_left(record, before, after, on), *_taken(record, before, after, on))


def _left(
    record: EnrolmentRecord,
    before: tuple[HeldRole, ...],
    after: tuple[HeldRole, ...],
    on: dt.date,
) -> Iterator[Event]:
    gone, come = without(before, after), without(after, before)
    for held in gone:
        yield parts.RoleLeft(**_membership(record, held), until=on, successor_id=passed(held, gone, come))


def _taken(
    record: EnrolmentRecord,
    before: tuple[HeldRole, ...],
    after: tuple[HeldRole, ...],
    on: dt.date,
) -> Iterator[Event]:
    gone, come = without(before, after), without(after, before)
    for held in come:
        stated = _membership(record, held)
        yield parts.RoleTaken(**stated, since=on, replaces=passed(held, come, gone), interim=held.interim)


def without(people: Sequence[Role], others: Sequence[Role]) -> list[Role]:
    """Those who hold a role that they do not hold among the others."""
    theirs = {(one.role, one.person_id) for one in others}
    return [one for one in people if (one.role, one.person_id) not in theirs]


def passed(one: Role, side: Sequence[Role], other: Sequence[Role]) -> str | None:
    """Who comes for who goes, or the other way round, where the role passes from one person to one other."""
    here = [each for each in side if each.role == one.role]
    there = [each for each in other if each.role == one.role]
    return there[0].person_id if len(here) == len(there) == 1 else None


def _membership(record: EnrolmentRecord, held: HeldRole) -> dict[str, object]:
    return {
        "version": record.version,
        "membership_id": membership_id(record.programme_id, record.school_id, held.role, held.person_id),
        "programme_id": record.programme_id,
        "person_id": held.person_id,
        "role": held.role,
        "school_id": record.school_id,
    }
