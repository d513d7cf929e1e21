"""Compiles reports outside any transaction: load, render in a worker process, store the files; then save and publish.

After a crash it makes the same edition under the same number. Files are stored under the hash of what they contain, so
that an edition always points at the bytes it was published with.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import cast

from services.reporting.domain.brochures import page_of
from services.reporting.domain.decisions.block_reports import released
from services.reporting.domain.ids import report_id
from services.reporting.domain.records import Edition, FileFacts, Format, PagePart, ReportRecord, file_key
from services.reporting.domain.reports.block_filling import block_report
from services.reporting.domain.reports.kinds import Report, content_of
from services.reporting.handlers.readership import Readership
from services.reporting.handlers.workers.block_sources import BlockSources
from services.reporting.handlers.workers.sources import ReportSources
from services.reporting.ports.renderer import Renderer, RenderError
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.reporting import AppraisalSubmitted, ImpactReleased, ProjectFindingsSubmitted
from shared.events.reports import ReportRequested
from shared.telemetry import logger

__all__ = ["ReportCompiler"]

Effect = Callable[[UnitOfWork], Awaitable[None]]
NOTHING_YET = "There is nothing to report yet."
_log = logger("kindred.reporting")


class ReportCompiler:
    """One method an event."""

    def __init__(
        self,
        sources: ReportSources,
        stores: Stores,
        renderer: Renderer,
        *,
        blocks: BlockSources,
        readership: Readership,
    ) -> None:
        self._sources = sources
        self._blocks = blocks
        self._readership = readership
        self._reports = stores.reports
        self._entries = stores.entries
        self._files = stores.files
        self._renderer = renderer

    async def findings(self, event: ProjectFindingsSubmitted) -> Effect:
        """The action plan report."""
        if await self._entries.get(event.findings_id) is not None:
            return _nothing  # what a template's form says becomes a report of its own blocks
        known_id = report_id("action-plan", event.findings_id)
        return await self._compiled(known_id, event.version, lambda: self._sources.action_plan(known_id, event))

    async def appraisal(self, event: AppraisalSubmitted) -> Effect:
        """The appraisal report."""
        known_id = report_id("appraisal", event.visit_id)
        return await self._compiled(known_id, event.version, lambda: self._sources.appraisal(known_id, event))

    async def impact(self, event: ImpactReleased) -> Effect:
        """The cohort's impact report."""
        known_id = report_id("impact", event.cohort_id)
        return await self._compiled(known_id, event.version, lambda: self._sources.impact(known_id, event))

    async def requested(self, event: ReportRequested) -> Effect:
        """An edition of a report that the template declares."""
        record = await self._reports.get(event.report_id)
        if record is None:
            raise NotYet(f"The report {event.report_id} is not known yet.")
        if not record.awaits(event.edition):
            return _nothing
        material = await self._blocks.material(event)
        report = block_report(material)
        if report is None:
            return self._failed(event.report_id, event.edition, NOTHING_YET)
        content = content_of(report)
        page = page_of(report) if material.report.public else ()
        if record.latest and record.latest.content == content and bool(record.latest.page) == bool(page):
            return self._unchanged(event.report_id, event.edition)
        most = material.report.longest_pages
        return await self._rendered(event.report_id, event.edition, report, content=content, most_pages=most, page=page)

    async def _compiled(self, known_id: str, number: int, gather: Callable[[], Awaitable[Report]]) -> Effect:
        record = await self._reports.get(known_id)
        if record is None:
            raise NotYet(f"The report {known_id} is not known yet.")
        if not record.awaits(number):
            return _nothing
        return await self._rendered(known_id, number, await gather())

    async def _rendered(
        self,
        known_id: str,
        number: int,
        report: Report,
        *,
        content: str = "",
        most_pages: int | None = None,
        page: tuple[PagePart, ...] = (),
    ) -> Effect:
        try:
            rendered = await self._renderer.render(report)
        except RenderError as failed:
            _log.error("report_failed", report=known_id, kind=report.kind, why=failed.sentence)
            return self._failed(known_id, number, failed.sentence)
        if most_pages and rendered.pages > most_pages:
            return self._failed(known_id, number, f"It has {rendered.pages} pages; {most_pages} is the most.")
        files = []
        for name, file in rendered.files.items():
            facts = FileFacts(format=cast("Format", name), size=len(file), sha256=hashlib.sha256(file).hexdigest())
            await self._files.put(file_key(known_id, facts), file)
            files.append(facts)
        about = {"report_id": known_id, "edition": number, "pages": rendered.pages, "files": tuple(files)}
        lead = report.lead if page else ""
        return self._saved(known_id, number, {**about, "content": content, "page": page, "lead": lead})

    def _saved(self, known_id: str, number: int, about: Mapping[str, object]) -> Effect:
        async def save(work: UnitOfWork) -> None:
            record = await self._reports.get(known_id)
            if record is None or record.has(number):
                return
            edition = Edition.model_validate({**about, "compiled_at": work.now})
            record, event = record.compiled(edition)
            work.publish(event)
            if record.of_template:
                record = await self._let_go(record, work)
            await self._reports.put_edition(edition)
            await self._reports.put(record)

        return save

    async def _let_go(self, record: ReportRecord, work: UnitOfWork) -> ReportRecord:
        """Tell its readers, where there are any yet."""
        record, event = released(record, await self._readership.readers(record))
        if event is not None:
            work.publish(event)
        return record

    def _unchanged(self, known_id: str, number: int) -> Effect:
        """What the last edition says is all that there is to say."""

        async def save(work: UnitOfWork) -> None:
            record = await self._reports.get(known_id)
            if record is not None and record.awaited == number and record.latest is not None:
                update = {"state": "compiled", "awaited": record.latest.edition}
                await self._reports.put(record.model_copy(update=update))

        return save

    def _failed(self, known_id: str, number: int, sentence: str) -> Effect:
        async def save(work: UnitOfWork) -> None:
            record = await self._reports.get(known_id)
            if record is None or record.awaited > number:
                return
            record, event = record.failed(sentence, work.now)
            await self._reports.put(record)
            work.publish(event)

        return save


async def _nothing(work: UnitOfWork) -> None:
    del work
