"""Compiles reports outside any transaction: load, render in a worker process, store the files; then save and publish.

After a crash it makes the same edition under the same number. Files are stored under the hash of what they contain, so
that an edition always points at the bytes it was published with.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import cast

from services.reporting.domain.ids import report_id
from services.reporting.domain.records import Edition, FileFacts, Format, file_key
from services.reporting.domain.reports.kinds import Report
from services.reporting.handlers.workers.sources import ReportSources
from services.reporting.ports.renderer import Renderer, RenderError
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.reporting import AppraisalSubmitted, ImpactReleased, ProjectFindingsSubmitted
from shared.telemetry import logger

__all__ = ["ReportCompiler"]

Effect = Callable[[UnitOfWork], Awaitable[None]]
_log = logger("kindred.reporting")


class ReportCompiler:
    """One method an event."""

    def __init__(self, sources: ReportSources, stores: Stores, renderer: Renderer) -> None:
        self._sources = sources
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

    async def _compiled(self, known_id: str, number: int, gather: Callable[[], Awaitable[Report]]) -> Effect:
        record = await self._reports.get(known_id)
        if record is None:
            raise NotYet(f"The report {known_id} is not known yet.")
        if not record.awaits(number):
            return _nothing
        report = await gather()
        try:
            rendered = await self._renderer.render(report)
        except RenderError as failed:
            _log.error("report_failed", report=known_id, kind=report.kind, why=failed.sentence)
            return self._failed(known_id, number, failed.sentence)
        files = []
        for name, content in rendered.files.items():
            facts = FileFacts(
                format=cast("Format", name), size=len(content), sha256=hashlib.sha256(content).hexdigest()
            )
            await self._files.put(file_key(known_id, facts), content)
            files.append(facts)
        return self._saved(known_id, number, rendered.pages, tuple(files))

    def _saved(self, known_id: str, number: int, pages: int, files: tuple[FileFacts, ...]) -> Effect:
        async def save(work: UnitOfWork) -> None:
            record = await self._reports.get(known_id)
            if record is None or record.has(number):
                return
            edition = Edition(report_id=known_id, edition=number, pages=pages, files=files, compiled_at=work.now)
            record, event = record.compiled(edition)
            await self._reports.put_edition(edition)
            await self._reports.put(record)
            work.publish(event)

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
