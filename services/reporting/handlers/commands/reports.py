"""Reports that are compiled because the coordinator asks for it."""

from services.reporting.domain.decisions.block_reports import declared
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.handlers.related import WHOLE
from services.reporting.ports.entries import EngineProgrammes
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reports import CompileReport
from shared.errors import Rejected

__all__ = ["ReportCommands"]


class ReportCommands:
    """One method a command."""

    def __init__(self, programmes: EngineProgrammes, contexts: Contexts, orders: ReportOrders) -> None:
        self._programmes = programmes
        self._contexts = contexts
        self._orders = orders

    async def compile(self, command: CompileReport, work: UnitOfWork) -> Done:
        """Compile it. Raises Rejected: unknown-programme, unknown-report, about-what."""
        programme = await self._programmes.get(command.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme whose template declares reports.")
        report = declared(programme, command.report)
        about_id = command.about_id or (programme.programme_id if report.about in WHOLE else "")
        subject = await self._contexts.subject(programme, report.about, about_id) if about_id else None
        if subject is None:
            raise Rejected("about-what", f"\u201c{report.title}\u201d is about a {report.about}: give the id of one.")
        return await self._orders.now(programme, report, about_id, subject, work)
