"""The same of reports of templates of release 0.1.0, in the words of version 1: for who has not been upgraded yet."""

from services.reporting.domain.records import ReportRecord
from services.reporting.handlers.queries.reports import ReportQueries
from services.reporting.ports.reports import Reports
from shared.commands import reports as asks
from shared.commands.reporting import Chunk, FetchReport, ListReports, ReportRow, ReportRows, ShowReport
from shared.errors import Rejected

__all__ = ["EarlierReportQueries"]


class EarlierReportQueries:
    """One method a query. Reports that a template declares with blocks are not there."""

    def __init__(self, reports: Reports, queries: ReportQueries) -> None:
        self._reports = reports
        self._queries = queries

    async def list(self, query: ListReports) -> ReportRows:
        """Reports by cohort, school, kind, beginning of the id; newest first."""
        asked = query.model_dump(exclude={"kind"})
        total, found = await self._reports.search(**asked, kind=query.kind or "", earlier=True)
        return ReportRows(total=total, reports=tuple(map(_row, found)))

    async def show(self, query: ShowReport) -> ReportRow:
        """One report. Raises Rejected: unknown-report."""
        return _row(await self._report(query.report_id))

    async def fetch(self, query: FetchReport) -> Chunk:
        """Part of a file."""
        await self._report(query.report_id)
        return await self._queries.fetch(asks.FetchReport.model_validate(query.model_dump()))

    async def _report(self, report_id: str) -> ReportRecord:
        report = await self._reports.get(report_id)
        if report is None or report.of_template:
            raise Rejected("unknown-report", "There is no such report.")
        return report


def _row(report: ReportRecord) -> ReportRow:
    return ReportRow.model_validate(report.row().model_dump())
