"""Publishing the report for everybody, and taking it back."""

from services.reporting.domain.brochures import brochure_of, published, unpublished
from services.reporting.domain.decisions.block_reports import known_id
from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.records import ReportRecord
from services.reporting.handlers.publishing import publish
from services.reporting.ports.entries import EngineProgrammes
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.brochures import PublishBrochure, UnpublishBrochure
from shared.errors import Rejected

__all__ = ["BrochureCommands"]

NOT_MADE = "The brochure has not been made yet: make it, look at it, then publish it."


class BrochureCommands:
    """One method a command."""

    def __init__(self, programmes: EngineProgrammes, reports: Reports) -> None:
        self._programmes = programmes
        self._reports = reports

    async def publish(self, command: PublishBrochure, work: UnitOfWork) -> Done:
        """Raises Rejected: unknown-programme, no-brochure, not-made, unknown-edition, programme-over."""
        programme, record = await self._found(command.programme_id)
        return await self._saved(published(record, programme, command.edition, work.now), work)

    async def unpublish(self, command: UnpublishBrochure, work: UnitOfWork) -> Done:
        """Raises Rejected: unknown-programme, no-brochure, not-made, not-published."""
        _, record = await self._found(command.programme_id)
        return await self._saved(unpublished(record), work)

    async def _saved(self, decision: Answered[ReportRecord], work: UnitOfWork) -> Done:
        assert decision.record is not None
        await self._reports.put(decision.record)
        publish(decision, work)
        return decision.done

    async def _found(self, programme_id: str) -> tuple[EngineProgramme, ReportRecord]:
        programme = await self._programmes.get(programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme whose template declares reports.")
        report = brochure_of(programme)
        if report is None:
            raise Rejected("no-brochure", f"The template of '{programme.name}' declares no report for everybody.")
        record = await self._reports.get(known_id(programme_id, report.key, programme_id))
        if record is None:
            raise Rejected("not-made", NOT_MADE)
        return programme, record
