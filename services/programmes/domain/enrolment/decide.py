"""What becomes of an enrolment: decisions as functions from records to records and facts."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from services.programmes.domain.enrolment.people import Known, NewId, cast
from services.programmes.domain.enrolment.people_rules import crowded, too_large
from services.programmes.domain.enrolment.publishing import (
    published,
    published_addition,
    published_again,
    published_leaving,
    published_replacement,
    published_withdrawal,
)
from services.programmes.domain.enrolment.standing import Standing
from services.programmes.domain.enrolment.terms import MOST_PEOPLE
from services.programmes.domain.records import EnrolmentRecord, HeldRole, NotWith, Person, Programme, RoleOf
from shared.commands.programmes import EnrolSchool, PersonDetails
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.programmes import SchoolFacts
from shared.template import Template

__all__ = [
    "Decision",
    "PersonAdded",
    "add_person",
    "amended",
    "enrol",
    "enrolment_id",
    "leave_role",
    "place_of",
    "replace",
    "told_anew",
    "withdraw",
]

_ENROLMENTS = uuid.UUID("0f1f0b1e-52c3-5a6f-9a44-3d0e6c1f9b21")


@dataclass(frozen=True, slots=True)
class Decision:
    """The enrolment as it stands now, the people it changed, and the events to publish; none if nothing has changed."""

    enrolment: EnrolmentRecord
    events: tuple[Event, ...]
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """A person of a school, and the people it changed: none if everything was known already."""

    person: Person
    people: tuple[Person, ...]
    events: tuple[Event, ...] = ()


def enrolment_id(programme_id: str, school_id: str) -> str:
    """One enrolment a programme and school, also when a school comes back after leaving."""
    return f"enr-{uuid.uuid5(_ENROLMENTS, f'{programme_id}/{school_id}').hex}"


def place_of(school_id: str, programme_id: str) -> dict[str, str]:
    """Where the roles of an enrolment are held."""
    return {"school_id": school_id, "programme_id": programme_id}


def enrol(
    wish: EnrolSchool,
    standing: Standing,
    *,
    facts: SchoolFacts,
    before: EnrolmentRecord | None,
    known: Known,
    new_id: NewId,
    on: dt.date,
) -> Decision:
    """Take a wish that breaks no rule: a new enrolment, one taken up again, or one amended if it says something new.

    `on`: today where the programme runs.
    """
    known = known.unchanged()
    place = place_of(facts.school_id, wish.programme_id)
    apart = tuple(NotWith(urn=urn, school_id=standing.known[urn].school_id) for urn in wish.not_with)
    record = EnrolmentRecord(
        enrolment_id=enrolment_id(wish.programme_id, facts.school_id),
        programme_id=wish.programme_id,
        school_id=facts.school_id,
        urn=wish.urn,
        version=1 if before is None else before.version,
        people=cast(wish.people, before.people if before else (), known, place, new_id),
        strengths=wish.strengths,
        needs=wish.needs,
        dates_not_possible=wish.dates_not_possible,
        farthest_travel_km=wish.farthest_travel_km or standing.terms.travel_km,
        not_with=apart,
        in_parts=standing.in_parts,
    )
    people = tuple(known.changed.values())
    if before is None:
        return Decision(record, published(record, None, facts, on), people)
    return amended(before, record, facts, on, people)


def amended(
    before: EnrolmentRecord, after: EnrolmentRecord, facts: SchoolFacts, on: dt.date, people: tuple[Person, ...] = ()
) -> Decision:
    """The enrolment as it stands `after`, in its next version if it says something new; `people` have changed."""
    if after == before:
        return Decision(before, (), people)
    record = after.model_copy(update={"version": before.version + 1})
    return Decision(record, published(record, before, facts, on), people)


def withdraw(before: EnrolmentRecord, known: Known, on: dt.date, reason: str = "") -> Decision:
    """The school leaves; its people lose their roles in the programme. The reason stays in the record, untold."""
    if before.state == "withdrawn":
        raise Rejected("not-enrolled", f"The school with URN {before.urn} has already left this programme.")
    known = known.unchanged()
    place = place_of(before.school_id, before.programme_id)
    for held in before.people:
        known.drop_role(held.person_id, RoleOf(role=held.role, **place))
    left = {"state": "withdrawn", "withdrawal_reason": reason.strip(), "version": before.version + 1}
    after = before.model_copy(update=left)
    return Decision(after, published_withdrawal(after, on), tuple(known.changed.values()))


def replace(
    before: EnrolmentRecord,
    programme: Programme,
    details: PersonDetails,
    known: Known,
    *,
    new_id: NewId,
    on: dt.date,
    leaving: str | None = None,
    interim: bool = False,
) -> Decision:
    """Somebody else takes over a role, from `leaving` where several hold it. Their own impossible dates count now."""
    if before.state == "withdrawn":
        raise Rejected("not-enrolled", f"The school with URN {before.urn} has left this programme.")
    leaving = leaving or before.holder(details.role)
    title = programme.terms.title_of(details.role)
    if leaving is None:
        raise Rejected("no-such-role", f"The school has no {title} in this programme who could be replaced.")
    known = known.unchanged()
    place = place_of(before.school_id, before.programme_id)
    person = known.add_role(details, RoleOf(role=details.role, **place), new_id)
    if person.person_id == leaving:
        raise Rejected("same-person", f"This address already is the {title}'s own; use it to correct, not to replace.")
    pair = programme.terms.pair
    if details.role in pair and any(h.person_id == person.person_id and h.role in pair for h in before.people):
        raise Rejected("same-person-twice", "The pair who attend every visit must be two people.")
    known.drop_role(leaving, RoleOf(role=details.role, **place))
    taken = HeldRole(
        person_id=person.person_id,
        role=details.role,
        dates_not_possible=details.dates_not_possible,
        interim=interim,
    )
    gone = (details.role, leaving)
    there = any((held.role, held.person_id) == (details.role, person.person_id) for held in before.people)
    instead = () if there else (taken,)
    people = tuple(one for h in before.people for one in (instead if (h.role, h.person_id) == gone else (h,)))
    after = before.model_copy(update={"people": people, "version": before.version + 1})
    events = published_replacement(after, before, leaving, taken, on)
    return Decision(after, events, tuple(known.changed.values()))


def leave_role(
    before: EnrolmentRecord, programme: Programme, role: str, leaving: str, *, known: Known, on: dt.date
) -> Decision:
    """Somebody leaves a role that nobody takes over. Raises Rejected("role-needed") where a school needs one."""
    title = programme.terms.title_of(role)
    others = [held for held in before.people if held.role == role and held.person_id != leaving]
    if role in programme.terms.people and not others:
        sentence = f"A school needs a {title}; `kindred people replace` names who takes over, also for a time."
        raise Rejected("role-needed", sentence)
    known = known.unchanged()
    known.drop_role(leaving, RoleOf(role=role, **place_of(before.school_id, before.programme_id)))
    people = tuple(held for held in before.people if (held.role, held.person_id) != (role, leaving))
    after = before.model_copy(update={"people": people, "version": before.version + 1})
    return Decision(after, published_leaving(after, before, on), tuple(known.changed.values()))


def told_anew(record: EnrolmentRecord, facts: SchoolFacts) -> tuple[EnrolmentRecord, Event]:
    """The enrolment of a school of which the register says something else now, and the event that carries it whole."""
    after = record.model_copy(update={"urn": facts.urn, "version": record.version + 1})
    return after, published_again(after, facts)


def add_person(
    before: EnrolmentRecord,
    programme: Programme,
    details: PersonDetails,
    known: Known,
    *,
    new_id: NewId,
    on: dt.date,
    arranged: frozenset[str] = frozenset(),
    sharing: Iterable[str] = (),
) -> PersonAdded:
    """A further person of a school that is enrolled, in any role of the template. `known`: everybody there, too.

    `arranged`: teams that may be larger. `sharing`: schools that share the place, whose people are of one team.
    Raises Rejected("unknown-role", "role-twice", "most-people").
    """
    terms = programme.terms
    if details.role not in terms.later:
        named = ", ".join(terms.title_of(role) for role in terms.later)
        template = programme.template
        elsewhere = isinstance(template, Template) and any(one.key == details.role for one in template.roles)
        hint = " Name them at the trust or partnership, or among the programme's own people." if elsewhere else ""
        said = f"This programme has no '{details.role}' at a school; there are: {named}.{hint}"
        raise Rejected("unknown-role", said)
    known = known.unchanged()
    held = RoleOf(role=details.role, **place_of(before.school_id, before.programme_id))
    if said := crowded(held, details.email, known.by_id.values(), terms):
        raise Rejected("role-twice", said)
    for team in [one for one in terms.teams if details.role in one.roles and one.key not in arranged]:
        schools = (before.school_id, *sharing)
        places = [RoleOf(role=role, **place_of(one, before.programme_id)) for role in team.roles for one in schools]
        there = {one.person_id for one in known.by_id.values() if any(map(one.holds, places))}
        found = known.with_address(details.email)
        if (found is None or found.person_id not in there) and len(there) >= team.most:
            raise Rejected(MOST_PEOPLE, too_large(team, len(there) + 1))
    person = known.add_role(details, held, new_id)
    changed = tuple(known.changed.values())
    return PersonAdded(person, changed, published_addition(before, person, details.role, on) if changed else ())
