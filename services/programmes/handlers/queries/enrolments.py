"""Queries about enrolments and the people in them."""

from pydantic import ValidationError

from services.programmes.domain.records import Programme
from services.programmes.domain.register.entry import facts_of
from services.programmes.domain.register.following import standing_under
from services.programmes.domain.views import enrolment_row, everybody_rows, facilitator_row, named_person, person_row
from services.programmes.ports.enrolments import EnrolmentSearch
from services.programmes.ports.people import People
from services.programmes.ports.programmes import Appointments, Programmes
from services.programmes.ports.register import SchoolsAmong
from shared.commands import programmes_released as released
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, NamedPeople, NamePeople, PersonRow
from shared.errors import Rejected

__all__ = ["EnrolmentQueries"]


class EnrolmentQueries:
    """One method a query."""

    def __init__(
        self,
        enrolments: EnrolmentSearch,
        programmes: Programmes,
        *,
        appointments: Appointments,
        people: People,
        schools: SchoolsAmong,
    ) -> None:
        self._enrolments = enrolments
        self._programmes = programmes
        self._appointments = appointments
        self._people = people
        self._schools = schools

    async def enrolments(self, query: ListEnrolments) -> EnrolmentRows:
        """A page of enrolments with their people, and the programme's own people."""
        programme = await self._programmes.get(query.programme_id)
        terms = programme.terms
        urns = None if query.urn is None else [query.urn]
        if query.search.strip():
            urns = await self._schools.among(urns or await self._enrolments.urns(query.programme_id), query.search)
        total, records = await self._enrolments.page(query.programme_id, urns, query.limit, query.offset)
        appointments = await self._appointments.appointments(query.programme_id)
        appointed = [each.person_id for each in appointments]
        ids = {held.person_id for record in records for held in record.people}
        people = {
            p.person_id: p for p in await self._people.concerned((), {*ids, *appointed, programme.coordinator_id})
        }
        entries = await self._schools.entries(record.urn for record in records)
        own: list[tuple[str, str]] = [("coordinator", programme.coordinator_id)]
        own += [("facilitator", person_id) for person_id in appointed]
        everybody = await self._everybody(programme) if query.everybody else ()
        return EnrolmentRows(
            total=total,
            enrolments=tuple(enrolment_row(record, entries[record.urn], people, terms) for record in records),
            programme_people=tuple(person_row(people[who], role, terms) for role, who in own if who in people),
            facilitators=tuple(facilitator_row(each) for each in appointments if each.person_id in people),
            everybody=everybody,
        )

    async def _everybody(self, programme: Programme) -> tuple[PersonRow, ...]:
        everybody = await self._people.of_programme(programme.programme_id)
        schools = {held.school_id for person in everybody for held in person.roles if held.school_id}
        found = await self._schools.entries_of(schools)
        urns = {key: entry.school.urn for key, entries in found.items() if (entry := standing_under(entries))}
        return everybody_rows(everybody, programme.programme_id, programme.terms, urns)

    async def released(self, query: released.ListEnrolments) -> released.EnrolmentRows:
        """The same in version 1. Raises Rejected("newer-programme") where that cannot say the programme's roles."""
        found = await self.enrolments(ListEnrolments(**query.model_dump()))
        try:
            return released.EnrolmentRows.model_validate(found.model_dump())
        except ValidationError as error:
            sentence = "This programme has roles that version 1 of ListEnrolments cannot say; ask version 2."
            raise Rejected("newer-programme", sentence) from error

    async def names(self, query: NamePeople) -> NamedPeople:
        """Names and schools of people; nobody is named who was erased."""
        people = await self._people.concerned((), query.person_ids)
        records = await self._enrolments.holding(query.person_ids)
        entries = await self._schools.entries(record.urn for record in records)
        schools = {record.urn: facts_of(entries[record.urn]).name for record in records}
        return NamedPeople(people=tuple(named_person(person, records, schools) for person in people))
