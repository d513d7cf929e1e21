"""Brochures: for coordinators as they stand, for everybody what is published."""

import hashlib

from services.reporting.domain.brochures import brochure_of
from services.reporting.domain.decisions.block_reports import known_id
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.records import MEDIA_TYPES, Edition, ReportRecord, file_key, filename
from services.reporting.handlers.queries.reports import LARGEST_CHUNK
from services.reporting.ports.entries import EngineProgrammes
from services.reporting.ports.reports import Files, Reports
from shared.commands.brochures import (
    Brochure,
    BrochurePart,
    BrochureRow,
    BrochureRows,
    FetchBrochure,
    ListBrochures,
    ShowBrochure,
)
from shared.commands.reporting import Chunk
from shared.errors import Permanent, Rejected
from shared.template.reports import Report

__all__ = ["BrochureQueries"]

MOST_LISTED = 500


class BrochureQueries:
    """One method a query."""

    def __init__(self, programmes: EngineProgrammes, reports: Reports, files: Files) -> None:
        self._programmes = programmes
        self._reports = reports
        self._files = files

    async def show(self, query: ShowBrochure) -> Brochure:
        """A published one. Raises Rejected: unknown-brochure."""
        programme, report, record, edition = await self._published(query.address)
        pdf = edition.file("pdf")
        return Brochure(
            row=_row(programme, report, record),
            lead=edition.lead,
            parts=tuple(BrochurePart(**part.model_dump()) for part in edition.page),
            pages=edition.pages,
            pdf_bytes=pdf.size if pdf else 0,
        )

    async def fetch(self, query: FetchBrochure) -> Chunk:
        """Part of its PDF, checked against the recorded hash. Raises Rejected: unknown-brochure."""
        _, _, record, edition = await self._published(query.address)
        facts = edition.file("pdf")
        if facts is None:
            raise _unknown()
        content = await self._files.get(file_key(record.report_id, facts))
        if hashlib.sha256(content).hexdigest() != facts.sha256:
            raise Permanent(f"The stored file of {record.report_id} is damaged; restore it from a backup.")
        return Chunk(
            filename=filename(record.title, edition.edition, "pdf"),
            media_type=MEDIA_TYPES["pdf"],
            size=facts.size,
            sha256=facts.sha256,
            content=content[query.offset : query.offset + LARGEST_CHUNK],
        )

    async def _programmes_of(self, query: ListBrochures) -> list[EngineProgramme]:
        if query.programme_id:
            one = await self._programmes.get(query.programme_id)
            return [one] if one else []
        if not query.published:
            return await self._programmes.recent(MOST_LISTED)
        ids = dict.fromkeys(one.programme_id for one in await self._reports.published())
        found = [await self._programmes.get(one) for one in ids]
        return sorted((one for one in found if one and one.state != "archived"), key=lambda one: (-one.year, one.name))

    async def _published(self, address: str) -> tuple[EngineProgramme, Report, ReportRecord, Edition]:
        record = next((one for one in await self._reports.published() if one.address == address), None)
        programme = await self._programmes.get(record.programme_id) if record else None
        report = brochure_of(programme) if programme else None
        edition = await self._reports.edition(record.report_id, record.published) if record else None
        if record is None or programme is None or report is None or edition is None or programme.state == "archived":
            raise _unknown()
        return programme, report, record, edition

    async def _record(self, programme: EngineProgramme, report: Report) -> ReportRecord | None:
        return await self._reports.get(known_id(programme.programme_id, report.key, programme.programme_id))

    async def list(self, query: ListBrochures) -> BrochureRows:
        """Brochures as they stand, or those that everybody may read."""
        found = await self._programmes_of(query)
        declared = [(one, report) for one in found if (report := brochure_of(one))]
        rows = [_row(one, report, await self._record(one, report)) for one, report in declared]
        return BrochureRows(brochures=tuple(row for row in rows if row.published or not query.published))


def _row(programme: EngineProgramme, report: Report, record: ReportRecord | None) -> BrochureRow:
    about = {
        "programme_id": programme.programme_id,
        "programme": programme.name,
        "year": programme.year,
        "report": report.key,
        "report_id": known_id(programme.programme_id, report.key, programme.programme_id),
        "title": report.title,
        "enquiries": programme.template.party.enquiry,
    }
    if record is None:
        return BrochureRow.model_validate({**about, "state": "not-made"})
    stands = record.model_dump(include={"state", "published", "published_at", "address", "sentence"})
    return BrochureRow.model_validate({**about, **stands, "edition": record.latest.edition if record.latest else 0})


def _unknown() -> Rejected:
    return Rejected("unknown-brochure", "There is no such brochure.")
