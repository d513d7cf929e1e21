"""Who may read a report that a template declares: asked anew each time, by what it is made of or by its roles."""

from services.reporting.domain.entries.access import may
from services.reporting.domain.entries.context import Subject, holds_of
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.records import ReportRecord
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.related import Related
from services.reporting.ports.stores import Stores
from shared.clock import Clock
from shared.template.reports import Report

__all__ = ["Readership"]


class Readership:
    """One rule for pages, mails and files."""

    def __init__(self, stores: Stores, contexts: Contexts, related: Related, clock: Clock) -> None:
        self._stores = stores
        self._contexts = contexts
        self._related = related
        self._clock = clock

    async def may_read(self, person_id: str, record: ReportRecord) -> bool:
        """Whether the person may read it now."""
        if record.public:
            return True
        found = await self._declared(record)
        if not person_id or found is None:
            return False
        programme, report, subject = found
        if report.release_of:
            return await self._may_read_entries(person_id, programme, report, subject)
        return person_id in record.reader_ids and person_id in await self._named(programme, report, subject)

    async def readers(self, record: ReportRecord) -> tuple[str, ...]:
        """Return whom it is for as it stands now: whoever it was released to, or whom the template names."""
        found = await self._declared(record)
        if found is None:
            return ()
        programme, report, subject = found
        form = programme.template.form(report.release_of) if report.release_of else None
        if form is None:
            return await self._named(programme, report, subject)
        entries = await self._related.entries(programme, form, report.about, subject)
        return tuple(dict.fromkeys(one for entry in entries if entry.state == "released" for one in entry.reader_ids))

    async def _declared(self, record: ReportRecord) -> tuple[EngineProgramme, Report, Subject] | None:
        programme = await self._stores.engine_programmes.get(record.programme_id)
        if programme is None:
            return None
        report = next((one for one in programme.template.reports if one.key == record.kind), None)
        subject = await self._contexts.subject(programme, record.about, record.about_id)
        return (programme, report, subject) if report and subject else None

    async def _named(self, programme: EngineProgramme, report: Report, subject: Subject) -> tuple[str, ...]:
        also = [one for one in report.also if holds_of(one.when, subject.related)]
        references = (*report.to, *(person for one in also for person in one.people))
        return await self._contexts.named(programme, references, subject, programme.local_day(self._clock.now()))

    async def _may_read_entries(
        self, person_id: str, programme: EngineProgramme, report: Report, subject: Subject
    ) -> bool:
        form = programme.template.form(report.release_of or "")
        entries = await self._related.entries(programme, form, report.about, subject) if form else []
        for entry in entries:
            context = await self._contexts.of_entry(entry, self._clock.now(), choosing=False)
            if context is not None and may(person_id, "read", entry, context):
                return True
        return False
