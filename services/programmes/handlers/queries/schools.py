"""Queries about the school register."""

from services.programmes.domain.register.words import Status
from services.programmes.domain.views import school_row
from services.programmes.ports.register import ReportCards, SchoolSearch
from shared.commands.programmes_queries import (
    AuthorityRow,
    FindAuthority,
    ListSchools,
    SchoolRow,
    SchoolRows,
    ShowSchool,
)
from shared.errors import Rejected

__all__ = ["SchoolQueries"]

LARGEST_URN = 999_999_999
"""Of six digits today; far larger ones are no numbers for a database."""


class SchoolQueries:
    """One method a query."""

    def __init__(self, schools: SchoolSearch, report_cards: ReportCards) -> None:
        self._schools = schools
        self._report_cards = report_cards

    async def schools(self, query: ListSchools) -> SchoolRows:
        """A page of schools."""
        statuses = [status for status in Status if status.enrollable] if query.enrollable_only else []
        authority = (await self.authority(FindAuthority(named=query.authority))).code if query.authority.strip() else ""
        total, entries = await self._schools.search(
            query.search, authority, statuses, limit=query.limit, offset=query.offset
        )
        urns = [entry.school.urn for entry in entries]
        links, cards = await self._schools.links(urns), await self._report_cards.report_cards(urns)
        return SchoolRows(total=total, schools=tuple(school_row(entry, links, cards.values()) for entry in entries))

    async def authority(self, query: FindAuthority) -> AuthorityRow:
        """A local authority by its code or name."""
        try:
            code, name = (await self._schools.places()).authority(query.named)
        except ValueError as error:
            raise Rejected("unknown-authority", str(error)) from error
        return AuthorityRow(code=code, name=name)

    async def school(self, query: ShowSchool) -> SchoolRow:
        """One school."""
        known = await self._schools.entries([query.urn]) if 0 < query.urn <= LARGEST_URN else {}
        entry = known.get(query.urn)
        if entry is None:
            raise Rejected("unknown-urn", f"No school in the register has URN {query.urn}.")
        cards = await self._report_cards.report_cards([query.urn])
        return school_row(entry, await self._schools.links([query.urn]), cards.values())
