"""What becomes of an enrolment: decisions as functions from records to records and facts."""

import uuid
from dataclasses import dataclass

from services.programmes.domain.enrolment.people import Known, NewId, cast
from services.programmes.domain.enrolment.standing import Standing
from services.programmes.domain.records import EnrolmentRecord, HeldRole, NotWith, Person, Programme
from shared.commands.programmes import EnrolSchool, PersonDetails
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.people import ROLE_TITLES, RoleHeld
from shared.events.programmes import (
    EnrolledPerson,
    Enrolment,
    EnrolmentAmended,
    PersonReplaced,
    SchoolEnrolled,
    SchoolFacts,
    SchoolWithdrawn,
    TopicWeight,
)

__all__ = [
    "Decision",
    "PersonAdded",
    "add_person",
    "amended",
    "enrol",
    "enrolment_id",
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
) -> Decision:
    """Take a wish that breaks no rule: a new enrolment, one taken up again, or one amended if it says something new."""
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
        farthest_travel_km=wish.farthest_travel_km or standing.template.enrolment.travel_km,
        not_with=apart,
    )
    people = tuple(known.changed.values())
    if before is None:
        return Decision(record, (_event(SchoolEnrolled, record, facts),), people)
    return amended(before, record, facts, people)


def amended(
    before: EnrolmentRecord, after: EnrolmentRecord, facts: SchoolFacts, people: tuple[Person, ...] = ()
) -> Decision:
    """The enrolment as it stands `after`, in its next version if it says something new; `people` have changed."""
    if after == before:
        return Decision(before, (), people)
    record = after.model_copy(update={"version": before.version + 1})
    kind = SchoolEnrolled if before.state == "withdrawn" else EnrolmentAmended
    return Decision(record, (_event(kind, record, facts),), people)


def withdraw(before: EnrolmentRecord, known: Known, reason: str = "") -> Decision:
    """The school leaves; its people lose their roles in the programme. The reason stays in the record, untold."""
    if before.state == "withdrawn":
        raise Rejected("not-enrolled", f"The school with URN {before.urn} has already left this programme.")
    known = known.unchanged()
    place = place_of(before.school_id, before.programme_id)
    for held in before.people:
        known.drop_role(held.person_id, RoleHeld(role=held.role, **place))
    left = {"state": "withdrawn", "withdrawal_reason": reason.strip(), "version": before.version + 1}
    after = before.model_copy(update=left)
    gone = SchoolWithdrawn(
        version=after.version,
        programme_id=after.programme_id,
        enrolment_id=after.enrolment_id,
        school_id=after.school_id,
    )
    return Decision(after, (gone,), tuple(known.changed.values()))


def replace(
    before: EnrolmentRecord, programme: Programme, details: PersonDetails, known: Known, new_id: NewId
) -> Decision:
    """Somebody else takes over a role. Their own impossible dates count from now on."""
    if before.state == "withdrawn":
        raise Rejected("not-enrolled", f"The school with URN {before.urn} has left this programme.")
    leaving = before.holder(details.role)
    title = ROLE_TITLES[details.role]
    if leaving is None:
        raise Rejected("no-such-role", f"The school has no {title} in this programme who could be replaced.")
    known = known.unchanged()
    place = place_of(before.school_id, before.programme_id)
    person = known.add_role(details, RoleHeld(role=details.role, **place), new_id)
    if person.person_id == leaving:
        raise Rejected("same-person", f"This address already is the {title}'s own; use it to correct, not to replace.")
    pair = programme.template.enrolment.pair
    if details.role in pair and any(h.person_id == person.person_id and h.role in pair for h in before.people):
        raise Rejected("same-person-twice", "The pair who attend every visit must be two people.")
    known.drop_role(leaving, RoleHeld(role=details.role, **place))
    taken = HeldRole(person_id=person.person_id, role=details.role, dates_not_possible=details.dates_not_possible)
    people = tuple(taken if held.role == details.role else held for held in before.people)
    after = before.model_copy(update={"people": people, "version": before.version + 1})
    event = PersonReplaced(
        version=after.version,
        programme_id=after.programme_id,
        enrolment_id=after.enrolment_id,
        school_id=after.school_id,
        role=details.role,
        person_id=leaving,
        replaced_by=person.person_id,
        dates_not_possible=details.dates_not_possible,
    )
    return Decision(after, (event,), tuple(known.changed.values()))


def told_anew(record: EnrolmentRecord, facts: SchoolFacts) -> tuple[EnrolmentRecord, Event]:
    """The enrolment of a school of which the register says something else now, and the event that tells it whole."""
    after = record.model_copy(update={"urn": facts.urn, "version": record.version + 1})
    return after, _event(EnrolmentAmended, after, facts)


def add_person(before: EnrolmentRecord, details: PersonDetails, known: Known, new_id: NewId) -> PersonAdded:
    """A further person of a school that is enrolled."""
    known = known.unchanged()
    held = RoleHeld(role=details.role, **place_of(before.school_id, before.programme_id))
    return PersonAdded(known.add_role(details, held, new_id), tuple(known.changed.values()))


def _event(kind: type[SchoolEnrolled | EnrolmentAmended], record: EnrolmentRecord, facts: SchoolFacts) -> Event:
    enrolment = Enrolment(
        programme_id=record.programme_id,
        enrolment_id=record.enrolment_id,
        school=facts,
        people=tuple(EnrolledPerson(**held.model_dump()) for held in record.people),
        strengths=tuple(TopicWeight(topic=claim.topic, weight=claim.weight) for claim in record.strengths),
        needs=tuple(TopicWeight(topic=claim.topic, weight=claim.weight) for claim in record.needs),
        dates_not_possible=record.dates_not_possible,
        farthest_travel_km=record.farthest_travel_km,
        not_with=tuple(other.school_id for other in record.not_with),
    )
    return kind(version=record.version, **enrolment.model_dump())
