"""Reports for those who ask: lists, one, and its files in parts."""

import hashlib

from services.reporting.domain.records import MEDIA_TYPES, ReportRecord, file_key, filename
from services.reporting.handlers.auditing import Auditing
from services.reporting.handlers.readership import Readership
from services.reporting.ports.reports import Files, Reports
from shared.commands.reporting import Chunk
from shared.commands.reports import FetchReport, ListReports, ReportRow, ReportRows, ShowReport
from shared.errors import Permanent, Rejected

__all__ = ["LARGEST_CHUNK", "ReportQueries"]

LARGEST_CHUNK = 256 * 1024


class ReportQueries:
    """One method a query."""

    def __init__(self, reports: Reports, files: Files, readership: Readership, auditing: Auditing) -> None:
        self._reports = reports
        self._files = files
        self._readership = readership
        self._auditing = auditing

    async def list(self, query: ListReports) -> ReportRows:
        """Reports by programme, cohort, school, kind, beginning of the id; newest first."""
        total, found = await self._reports.search(**query.model_dump(exclude={"reader_id"}))
        rows = [await self._row(report, query.reader_id) for report in found]
        return ReportRows(total=total, reports=tuple(rows))

    async def show(self, query: ShowReport) -> ReportRow:
        """One report. Raises Rejected: unknown-report."""
        return (await self._report(query.report_id, query.person_id)).row()

    async def fetch(self, query: FetchReport) -> Chunk:
        """Part of a file, checked against the recorded hash; of a template's report the first part is noted as a read.

        Raises Rejected: unknown-report, unknown-edition, unknown-format.
        """
        report = await self._report(query.report_id, query.person_id)
        number = query.edition or (report.latest.edition if report.latest else 0)
        edition = await self._reports.edition(query.report_id, number)
        if edition is None:
            raise Rejected("unknown-edition", "There is no such edition of this report, or it is still being made.")
        facts = edition.file(query.format)
        if facts is None:
            raise Rejected("unknown-format", f"This report is not made as {query.format.upper()}.")
        if report.of_template and not report.public and query.offset == 0:
            await self._auditing.read_report(query.person_id, report, number)
        content = await self._files.get(file_key(query.report_id, facts))
        if hashlib.sha256(content).hexdigest() != facts.sha256:
            raise Permanent(f"The stored file of {query.report_id} is damaged; restore it from a backup.")
        return Chunk(
            filename=filename(report.title, number, facts.format),
            media_type=MEDIA_TYPES[facts.format],
            size=facts.size,
            sha256=facts.sha256,
            content=content[query.offset : query.offset + LARGEST_CHUNK],
        )

    async def _row(self, report: ReportRecord, reader_id: str) -> ReportRow:
        may = bool(reader_id) and (not report.of_template or await self._readership.may_read(reader_id, report))
        return report.row().model_copy(update={"may_read": may})

    async def _report(self, report_id: str, person_id: str) -> ReportRecord:
        report = await self._reports.get(report_id)
        if report is None or (report.of_template and not await self._readership.may_read(person_id, report)):
            raise Rejected("unknown-report", "There is no such report.")
        return report
