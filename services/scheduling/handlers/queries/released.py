"""Answers version 1 of the queries about visits from version 2, where it can say the programme's roles."""

from typing import TypeVar

from pydantic import ValidationError

from services.scheduling.handlers.queries.visits import VisitQueries
from shared.commands import scheduling as commands
from shared.commands import scheduling_released as released
from shared.commands.base import Reply
from shared.errors import Rejected

__all__ = ["ReleasedVisitQueries"]

R = TypeVar("R", bound=Reply)


class ReleasedVisitQueries:
    """Answers queries. Raises Rejected("newer-programme") where version 1 cannot say the roles."""

    def __init__(self, visits: VisitQueries) -> None:
        self._visits = visits

    async def visit(self, query: released.ShowVisit) -> released.VisitDetail:
        """One visit."""
        found = await self._visits.visit(commands.ShowVisit(**query.model_dump()))
        return _said(found, released.VisitDetail)

    async def event(self, query: released.ShowCohortEvent) -> released.CohortEventDetail:
        """One cohort event."""
        found = await self._visits.event(commands.ShowCohortEvent(**query.model_dump()))
        return _said(found, released.CohortEventDetail)

    async def visits(self, query: released.ListVisits) -> released.VisitRows:
        """Visits and events in order of date."""
        found = await self._visits.visits(commands.ListVisits(**query.model_dump()))
        return _said(found, released.VisitRows)


def _said(found: Reply, kind: type[R]) -> R:
    try:
        return kind.model_validate(found.model_dump())
    except ValidationError as error:
        sentence = "This programme has roles that version 1 of this query cannot say; ask version 2."
        raise Rejected("newer-programme", sentence) from error
