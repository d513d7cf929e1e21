"""A row of a file that lacks some columns: what the file does not speak of stays as it is."""

from collections.abc import Collection

from services.programmes.domain.enrolment.columns import (
    DATES,
    NOT_WITH,
    SCHOOL_NAME,
    TRAVEL,
    claim_columns,
    headings,
    role_columns,
)
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.records import EnrolmentRecord, HeldRole
from shared.commands.programmes import EnrolSchool, PersonDetails, TopicClaim

__all__ = ["as_before", "completed", "silent_columns", "wish_of"]


def silent_columns(columns: Collection[str], terms: EnrolmentTerms) -> tuple[str, ...]:
    """The columns of the programme's form that a file does not have."""
    return tuple(each.name for each in headings(terms) if each.name not in {*columns, SCHOOL_NAME})


def completed(
    wish: EnrolSchool,
    before: EnrolmentRecord,
    known: Known,
    columns: Collection[str],
    terms: EnrolmentTerms,
) -> EnrolSchool:
    """The wish with everything from the enrolment so far that stands in a column which the file does not have.

    `known` holds the people of the enrolment so far.
    """
    if before.state == "withdrawn":
        return wish
    told: tuple[tuple[str, str, object], ...] = (
        (DATES, "dates_not_possible", before.dates_not_possible),
        (TRAVEL, "farthest_travel_km", before.farthest_travel_km),
        (NOT_WITH, "not_with", tuple(other.urn for other in before.not_with)),
    )
    kept = {field: value for column, field, value in told if column not in columns}
    return wish.model_copy(
        update={
            **kept,
            "people": _people(wish, before, known, columns, terms),
            "strengths": _claims("Strength", wish.strengths, before.strengths, columns, terms.strengths[1]),
            "needs": _claims("Need", wish.needs, before.needs, columns, terms.needs[1]),
        }
    )


def _people(
    wish: EnrolSchool, before: EnrolmentRecord, known: Known, columns: Collection[str], terms: EnrolmentTerms
) -> tuple[PersonDetails, ...]:
    named = {person.role for person in wish.people}
    held = {each.role: each for each in before.people}
    dated = {role for role in terms.roles if role_columns(terms, role)["dates not possible"] in columns}
    told = [_person(person, held.get(person.role), known, dated=person.role in dated) for person in wish.people]
    unnamed = [
        each
        for each in before.people
        if each.role not in named and role_columns(terms, each.role)["email"] not in columns
    ]
    return (*told, *(as_before(each, known) for each in unnamed if each.person_id in known.by_id))


def _person(details: PersonDetails, held: HeldRole | None, known: Known, *, dated: bool) -> PersonDetails:
    person = known.with_address(details.email)
    same = held is not None and person is not None and held.person_id == person.person_id
    if held is None or not same or dated:
        return details
    return details.model_copy(update={"dates_not_possible": held.dates_not_possible})


def as_before(held: HeldRole, known: Known) -> PersonDetails:
    """The person who holds a role, as they are known; `known` holds them."""
    person = known.by_id[held.person_id]
    return PersonDetails(
        role=held.role, name=person.name, email=person.email, dates_not_possible=held.dates_not_possible
    )


def wish_of(record: EnrolmentRecord, known: Known) -> EnrolSchool:
    """The wish that makes an enrolment what this record says; `known` holds its people, but for those erased since."""
    people = tuple(as_before(held, known) for held in record.people if held.person_id in known.by_id)
    facts = record.model_dump(include={"programme_id", "urn", "dates_not_possible", "farthest_travel_km"})
    not_with = tuple(other.urn for other in record.not_with)
    return EnrolSchool(**facts, people=people, strengths=record.strengths, needs=record.needs, not_with=not_with)


def _claims(
    word: str, told: tuple[TopicClaim, ...], before: tuple[TopicClaim, ...], columns: Collection[str], most: int
) -> tuple[TopicClaim, ...]:
    """Claims by topic keep weight and evidence that the file has no column for; those without any column stay whole."""
    of_topic = {claim.topic: claim for claim in before}
    found = []
    for number, claim in enumerate(told, start=1):
        _, weight, evidence = claim_columns(word, number)
        old = of_topic.get(claim.topic)
        kept = {"weight": old.weight} if old and weight not in columns else {}
        found.append(
            claim.model_copy(update=kept | ({"evidence": old.evidence} if old and evidence not in columns else {}))
        )
    silent = {number for number in range(1, most + 1) if claim_columns(word, number)[0] not in columns}
    named = {claim.topic for claim in found}
    rest = [claim for number, claim in enumerate(before, start=1) if number in silent and claim.topic not in named]
    return (*found, *rest)
