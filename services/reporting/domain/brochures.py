"""A report for everybody: the page that it becomes, under which address, and from when to when it is published."""

import datetime as dt
import re
import unicodedata

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.ids import derived
from services.reporting.domain.records import PagePart, ReportRecord
from services.reporting.domain.reports.blocks import BlockPart, BlockReport, PointsPart, TablePart, TextPart
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.reports import ReportPublished, ReportUnpublished
from shared.template.reports import Report

__all__ = ["address_of", "brochure_of", "closed", "page_of", "published", "unpublished"]


def brochure_of(programme: EngineProgramme) -> Report | None:
    """The report for everybody that the programme's template declares."""
    return next((report for report in programme.template.reports if report.public), None)


def address_of(programme: EngineProgramme) -> str:
    """`walks-2026-1f3a9c`: readable, no other programme's, and the same whenever it is published."""
    plain = unicodedata.normalize("NFKD", programme.name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return "-".join(filter(None, (words, derived("adr", programme.programme_id).rpartition("-")[2][:6])))


def page_of(report: BlockReport) -> tuple[PagePart, ...]:
    """What the public page shows of an edition: its parts, without the head of the printed report."""
    return tuple(part for one in report.parts if (part := _part(one)))


def published(
    record: ReportRecord, programme: EngineProgramme, edition: int, now: dt.datetime
) -> Answered[ReportRecord]:
    """Show an edition to everybody, 0 being the latest. Raises Rejected: not-made, unknown-edition, programme-over."""
    latest = record.latest
    if latest is None:
        raise Rejected("not-made", "The brochure has not been made yet: make it, look at it, then publish it.")
    if closed(programme):
        raise Rejected("programme-over", f"'{programme.name}' is over; its brochure would invite to nothing.")
    number = edition or latest.edition
    if not 1 <= number <= latest.edition:
        raise Rejected("unknown-edition", f"There is no edition {number}; the latest is edition {latest.edition}.")
    if record.published == number:
        return Answered(done=_done(record, f"Edition {number} of the brochure is published already."), record=record)
    address = address_of(programme)
    update = {"published": number, "published_at": now, "address": address, "version": record.version + 1}
    record = record.model_copy(update=update)
    enquiries = programme.template.party.enquiry
    event = ReportPublished(
        version=record.version, edition=number, address=address, enquiries=enquiries, **record.facts()
    )
    done = _done(record, f"Edition {number} of the brochure can be read by everybody at /brochures/{address}.")
    return Answered(done=done, record=record, events=(event,))


def unpublished(record: ReportRecord) -> Answered[ReportRecord]:
    """Show it to nobody any more. Raises Rejected: not-published."""
    if not record.published:
        raise Rejected("not-published", "The brochure is not published.")
    update = {"published": 0, "published_at": None, "version": record.version + 1}
    record = record.model_copy(update=update)
    event = ReportUnpublished(version=record.version, **record.facts())
    return Answered(done=_done(record, "The brochure can no longer be read."), record=record, events=(event,))


def closed(programme: EngineProgramme) -> bool:
    """Whether the programme is over, so that nobody is invited to it any more."""
    return programme.state in {"completed", "archived"}


def _done(record: ReportRecord, sentence: str) -> Done:
    return Done(id=record.report_id, version=record.version, sentence=sentence)


def _part(part: BlockPart) -> PagePart | None:
    match part:
        case TextPart():
            paragraphs = tuple(filter(None, part.text.split("\n\n")))
            return PagePart(title=part.title, paragraphs=paragraphs)
        case PointsPart():
            return PagePart(title=part.title, lines=part.lines)
        case TablePart():
            given = part.model_dump(include={"title", "columns", "rows", "numbers", "note"})
            return PagePart.model_validate(given)
        case _:
            return None
