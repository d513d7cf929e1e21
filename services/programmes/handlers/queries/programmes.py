"""Queries about programmes, the templates they are opened from and the forms they hand out."""

from services.programmes.domain.enrolment.form import csv_form
from services.programmes.domain.records import Programme
from services.programmes.domain.shortcomings import shortcomings
from services.programmes.domain.views import programme_row
from services.programmes.files.workbook import workbook_form
from services.programmes.ports.enrolments import Enrolled, EnrolmentSearch
from services.programmes.ports.programmes import Appointments, Programmes
from services.programmes.ports.register import SchoolsStanding
from services.programmes.ports.templates import Templates
from shared.commands import programmes_queries as queries
from shared.events.template import ProgrammeTemplate

__all__ = ["ProgrammeQueries"]

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ProgrammeQueries:
    """One method a query."""

    def __init__(
        self,
        programmes: Programmes,
        enrolments: EnrolmentSearch,
        *,
        templates: Templates,
        enrolled: Enrolled,
        appointments: Appointments,
        schools: SchoolsStanding,
    ) -> None:
        self._programmes = programmes
        self._enrolments = enrolments
        self._templates = templates
        self._enrolled = enrolled
        self._appointments = appointments
        self._schools = schools

    async def programmes(self, query: queries.ListProgrammes) -> queries.ProgrammeRows:
        """All programmes, or those of a name."""
        found = await self._programmes.named(query.name)
        counts = [await self._enrolments.counts(programme.programme_id) for programme in found]
        rows = [programme_row(programme, count) for programme, count in zip(found, counts, strict=True)]
        if query.check:
            rows = [
                row.model_copy(update={"warnings": await self._against(programme)})
                for row, programme in zip(rows, found, strict=True)
            ]
        return queries.ProgrammeRows(programmes=tuple(rows))

    async def _against(self, programme: Programme) -> tuple[str, ...]:
        """What stands against closing the programme, or publishing its groups."""
        urns = await self._enrolled.enrolled_urns(programme.programme_id)
        not_open, regions = await self._schools.standing(urns)
        appointed = await self._appointments.appointments(programme.programme_id)
        return shortcomings(programme.template, [one.school for one in not_open], regions, appointed)

    async def templates(self, _query: queries.ListTemplates) -> queries.Templates:
        """The templates this installation knows."""
        found, own = await self._templates.all(), await self._templates.own()
        return queries.Templates(
            templates=tuple(one for one in found if isinstance(one, ProgrammeTemplate)),
            rows=tuple(
                queries.TemplateRow(
                    key=one.key, version=one.version, title=one.title, summary=one.summary, own=one.key in own
                )
                for one in found
            ),
        )

    async def form(self, query: queries.EnrolmentForm) -> queries.FileReply:
        """The empty enrolment form."""
        programme = await self._programmes.get(query.programme_id)
        name = f"enrolments-{programme.template.key}.{query.format}"
        if query.format == "csv":
            return queries.FileReply(filename=name, media_type="text/csv", content=csv_form(programme.terms))
        return queries.FileReply(filename=name, media_type=_WORKBOOK, content=workbook_form(programme.terms))
