"""Finds a cohort's groups and its programme."""

from services.reporting.domain.facts import Group, Programme
from services.reporting.ports.facts import Groups, Programmes
from shared.errors import Rejected

__all__ = ["Cohorts"]

OF_TEMPLATE = (
    "What has come of this programme is a report of its template: `kindred reports compile` makes it, "
    "`kindred counts show` has its figures."
)


class Cohorts:
    """Cohorts, which are known by their groups."""

    def __init__(self, groups: Groups, programmes: Programmes) -> None:
        self._groups = groups
        self._programmes = programmes

    async def find(self, cohort_id: str) -> tuple[list[Group], Programme]:
        """Return the groups by number, and the programme. Raises Rejected: unknown-cohort, report-of-template."""
        groups = await self._groups.of_cohort(cohort_id)
        programme = await self._programmes.get(groups[0].programme_id) if groups else None
        if groups and programme is None:
            raise Rejected("report-of-template", OF_TEMPLATE)
        if programme is None:
            raise Rejected("unknown-cohort", "There is no such cohort.")
        return groups, programme
