"""Queries about programmes, the templates they are opened from and the forms they hand out."""

from services.programmes.domain.enrolment.form import csv_form
from services.programmes.domain.views import programme_row
from services.programmes.files.workbook import workbook_form
from services.programmes.ports.enrolments import EnrolmentSearch
from services.programmes.ports.programmes import Programmes, Templates
from shared.commands import programmes_queries as queries

__all__ = ["ProgrammeQueries"]

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ProgrammeQueries:
    """One method a query."""

    def __init__(self, programmes: Programmes, enrolments: EnrolmentSearch, templates: Templates) -> None:
        self._programmes = programmes
        self._enrolments = enrolments
        self._templates = templates

    async def programmes(self, query: queries.ListProgrammes) -> queries.ProgrammeRows:
        """All programmes, or those of a name."""
        found = await self._programmes.named(query.name)
        counts = [await self._enrolments.counts(programme.programme_id) for programme in found]
        return queries.ProgrammeRows(programmes=tuple(map(programme_row, found, counts)))

    async def templates(self, _query: queries.ListTemplates) -> queries.Templates:
        """The templates this installation knows."""
        return queries.Templates(templates=self._templates.all())

    async def form(self, query: queries.EnrolmentForm) -> queries.FileReply:
        """The empty enrolment form."""
        programme = await self._programmes.get(query.programme_id)
        name = f"enrolments-{programme.template.key}.{query.format}"
        if query.format == "csv":
            return queries.FileReply(filename=name, media_type="text/csv", content=csv_form(programme.template))
        return queries.FileReply(filename=name, media_type=_WORKBOOK, content=workbook_form(programme.template))
