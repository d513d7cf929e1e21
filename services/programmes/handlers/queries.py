"""What may be asked of this service."""

from services.programmes.domain.enrolment.form import csv_form
from services.programmes.domain.register.entry import facts_of
from services.programmes.domain.register.words import Status
from services.programmes.domain.views import enrolment_row, named_person, person_row, programme_row, school_row
from services.programmes.files.templates import TemplateFolder
from services.programmes.files.workbook import workbook_form
from services.programmes.ports import Enrolments, Imports, People, Programmes, Register
from shared.commands.programmes import ImportReport, ImportStatus
from shared.commands.programmes_queries import (
    EnrolmentForm,
    EnrolmentRows,
    FileReply,
    ListEnrolments,
    ListProgrammes,
    ListSchools,
    ListTemplates,
    NamedPeople,
    NamePeople,
    ProgrammeRows,
    SchoolRow,
    SchoolRows,
    ShowSchool,
    Templates,
)
from shared.errors import Rejected

__all__ = ["Queries"]

LARGEST_URN = 999_999_999
"""Of six digits today; far larger ones are no numbers for a database."""
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Queries:
    """One method a query."""

    def __init__(
        self,
        register: Register,
        programmes: Programmes,
        *,
        enrolments: Enrolments,
        people: People,
        imports: Imports,
        templates: TemplateFolder,
    ) -> None:
        self._register = register
        self._programmes = programmes
        self._enrolments = enrolments
        self._people = people
        self._imports = imports
        self._templates = templates

    async def import_status(self, query: ImportStatus) -> ImportReport:
        """How an import is doing."""
        return (await self._imports.get(query.import_id)).report()

    async def schools(self, query: ListSchools) -> SchoolRows:
        """A page of schools."""
        statuses = [status for status in Status if status.enrollable] if query.enrollable_only else []
        total, entries = await self._register.search(
            query.search, query.authority, statuses, limit=query.limit, offset=query.offset
        )
        urns = [entry.school.urn for entry in entries]
        links, cards = await self._register.links(urns), await self._register.report_cards(urns)
        return SchoolRows(total=total, schools=tuple(school_row(entry, links, cards.values()) for entry in entries))

    async def school(self, query: ShowSchool) -> SchoolRow:
        """One school."""
        known = await self._register.entries([query.urn]) if 0 < query.urn <= LARGEST_URN else {}
        entry = known.get(query.urn)
        if entry is None:
            raise Rejected("unknown-urn", f"No school in the register has URN {query.urn}.")
        cards = await self._register.report_cards([query.urn])
        return school_row(entry, await self._register.links([query.urn]), cards.values())

    async def programmes(self, query: ListProgrammes) -> ProgrammeRows:
        """All programmes, or those of a name."""
        found = await self._programmes.named(query.name)
        counts = [await self._enrolments.counts(programme.programme_id) for programme in found]
        return ProgrammeRows(programmes=tuple(map(programme_row, found, counts)))

    async def enrolments(self, query: ListEnrolments) -> EnrolmentRows:
        """A page of enrolments with their people, and the programme's own people."""
        programme = await self._programmes.get(query.programme_id)
        total, records = await self._enrolments.page(query.programme_id, query.urn, query.limit, query.offset)
        appointed = [each.person_id for each in await self._programmes.appointments(query.programme_id)]
        ids = {held.person_id for record in records for held in record.people}
        people = {
            p.person_id: p for p in await self._people.concerned((), {*ids, *appointed, programme.coordinator_id})
        }
        entries = await self._register.entries(record.urn for record in records)
        own = [("coordinator", programme.coordinator_id), *(("facilitator", person_id) for person_id in appointed)]
        return EnrolmentRows(
            total=total,
            enrolments=tuple(enrolment_row(record, entries[record.urn], people) for record in records),
            programme_people=tuple(person_row(people[who], role) for role, who in own if who in people),  # type: ignore[arg-type]
        )

    async def names(self, query: NamePeople) -> NamedPeople:
        """Names and schools of people; nobody is named who was erased."""
        people = await self._people.concerned((), query.person_ids)
        records = await self._enrolments.holding(query.person_ids)
        entries = await self._register.entries(record.urn for record in records)
        schools = {record.urn: facts_of(entries[record.urn]).name for record in records}
        return NamedPeople(people=tuple(named_person(person, records, schools) for person in people))

    async def templates(self, _query: ListTemplates) -> Templates:
        """The templates this installation knows."""
        return Templates(templates=self._templates.all())

    async def form(self, query: EnrolmentForm) -> FileReply:
        """The empty enrolment form."""
        programme = await self._programmes.get(query.programme_id)
        name = f"enrolments-{programme.template.key}.{query.format}"
        if query.format == "csv":
            return FileReply(filename=name, media_type="text/csv", content=csv_form(programme.template))
        return FileReply(filename=name, media_type=_WORKBOOK, content=workbook_form(programme.template))
