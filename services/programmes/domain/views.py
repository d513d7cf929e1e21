"""Records as the rows that queries answer with."""

from collections.abc import Iterable, Mapping

from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.records import ASKED, Appointment, EnrolmentRecord, Person, Programme
from services.programmes.domain.register.entry import RegisterEntry, facts_of
from services.programmes.domain.register.inspections import ReportCard
from services.programmes.domain.register.links import Link, predecessors_of, successors_of
from shared.commands.programmes_queries import (
    EnrolmentRow,
    FacilitatorRow,
    NamedPerson,
    PersonRow,
    ProgrammeRow,
    SchoolRow,
)

__all__ = [
    "enrolment_row",
    "everybody_rows",
    "facilitator_row",
    "named_person",
    "person_row",
    "programme_row",
    "school_row",
]


def school_row(entry: RegisterEntry, links: Iterable[Link], cards: Iterable[ReportCard]) -> SchoolRow:
    """A school with its latest inspection: a report card, or the overall grade that stands until there is one."""
    school = entry.school
    links = list(links)
    card = max((card for card in cards if card.urn == school.urn), key=lambda card: card.inspected, default=None)
    inspected = card.inspected if card else school.inspected
    return SchoolRow(
        facts=facts_of(entry),
        status=school.status.value,
        enrollable=school.status.enrollable,
        overall_grade=school.overall_grade.value if school.overall_grade and not card else None,
        report_card=_card(card) if card else None,
        inspected_on=inspected.isoformat() if inspected else None,
        predecessors=predecessors_of(school.urn, links),
        successors=successors_of(school.urn, links),
    )


def _card(card: ReportCard) -> dict[str, str]:
    grades = {area.value: grade.value for area, grade in card.grades.items()}
    return grades | {"safeguarding": "met" if card.safeguarding_met else "not met"}


def programme_row(programme: Programme, counts: tuple[int, int]) -> ProgrammeRow:
    """A programme with how many schools are enrolled and withdrawn."""
    return ProgrammeRow(
        programme_id=programme.programme_id,
        name=programme.name,
        year=programme.year,
        template=programme.template.key,
        template_version=programme.template.version,
        state=programme.state,
        open_until=programme.open_until,
        stands=programme.stands,
        postponed_until=programme.until,
        postponed_because=programme.reason,
        enrolled=counts[0],
        withdrawn=counts[1],
        coordinator_id=programme.coordinator_id,
    )


def person_row(person: Person, role: str, terms: EnrolmentTerms, urn: int | None = None) -> PersonRow:
    """A person in one of their roles."""
    return PersonRow(
        person_id=person.person_id,
        name=person.name,
        email=person.email,
        role=role,
        title=terms.title_of(role),
        school_urn=urn,
    )


def everybody_rows(
    people: Iterable[Person], programme_id: str, terms: EnrolmentTerms, urns: Mapping[str, int]
) -> tuple[PersonRow, ...]:
    """A row for each role that somebody holds in the programme, but for those who were only asked.

    `urns`: school -> its URN.
    """
    return tuple(
        person_row(person, held.role, terms, urns.get(held.school_id or ""))
        for person in people
        for held in dict.fromkeys(one.place for one in person.roles if one.through != ASKED)
        if held.programme_id == programme_id
    )


def facilitator_row(appointment: Appointment) -> FacilitatorRow:
    """A facilitator's regions and limits."""
    return FacilitatorRow(**appointment.model_dump(include=set(FacilitatorRow.model_fields)))


def named_person(person: Person, records: Iterable[EnrolmentRecord], schools: Mapping[int, str]) -> NamedPerson:
    """A person with the schools of these enrolments in which they hold a role, each once."""
    theirs = [one.urn for one in records if any(held.person_id == person.person_id for held in one.people)]
    named = tuple(schools[urn] for urn in dict.fromkeys(theirs))
    return NamedPerson(person_id=person.person_id, name=person.name, schools=named)


def enrolment_row(
    record: EnrolmentRecord, entry: RegisterEntry, people: Mapping[str, Person], terms: EnrolmentTerms
) -> EnrolmentRow:
    """An enrolment with its people; those who were erased are left out."""
    return EnrolmentRow(
        enrolment_id=record.enrolment_id,
        state=record.state,
        withdrawal_reason=record.withdrawal_reason,
        version=record.version,
        school=facts_of(entry),
        people=tuple(
            person_row(people[held.person_id], held.role, terms, record.urn)
            for held in record.people
            if held.person_id in people
        ),
        strengths=record.strengths,
        needs=record.needs,
        dates_not_possible=record.dates_not_possible,
        farthest_travel_km=record.farthest_travel_km,
        not_with=tuple(other.urn for other in record.not_with),
    )
