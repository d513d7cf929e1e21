"""Has reports compiled when the moment comes that the template names, in the transaction in which it comes."""

import datetime as dt

from services.reporting.domain.decisions.block_reports import (
    ENDED,
    due_after,
    known_id,
    moment_parts,
    ordered,
    released,
)
from services.reporting.domain.entries.context import Context, Subject, subject_id
from services.reporting.domain.entries.records import EngineProgramme, Entry
from services.reporting.domain.entries.subjects import Placement
from services.reporting.domain.facts import Meeting
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.earlier_years import EarlierYears, wants_last_year
from services.reporting.handlers.publishing import publish
from services.reporting.handlers.sheets import CountedSheets
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.events.sessions import SessionPapersDue
from shared.template.reports import Report

__all__ = ["ReportOrders"]


class ReportOrders:
    """One method a kind of thing that happens."""

    def __init__(self, stores: Stores, contexts: Contexts, sheets: CountedSheets) -> None:
        self._stores = stores
        self._contexts = contexts
        self._sheets = sheets
        self._earlier = EarlierYears(stores)

    async def entry_is(self, state: str, context: Context, work: UnitOfWork) -> None:
        """An entry has come to another state."""
        await self._happened(context.programme, context.form.key, state, context.subject, work)

    async def entry_released(self, entry: Entry, context: Context, work: UnitOfWork) -> None:
        """Whoever may read an entry from now on may read the reports of it."""
        for report in context.programme.template.reports:
            about_id = context.of_kind(report.about) if report.release_of == entry.form else ""
            record = await self._stores.reports.get(known_id(entry.programme_id, report.key, about_id))
            if not about_id or record is None:
                continue
            record, event = released(record, entry.reader_ids)
            await self._stores.reports.put(record)
            if event is not None:
                work.publish(event)

    async def held(self, meeting: Meeting, work: UnitOfWork) -> None:
        """A visit or event took place."""
        programme = await self._stores.engine_programmes.get(meeting.programme_id)
        about = "visit" if meeting.kind == "visit" else "event"
        subject = await self._contexts.subject(programme, about, meeting.target_id) if programme else None
        if programme is not None and subject is not None:
            await self._happened(programme, meeting.activity, "held", subject, work)

    async def moment(self, programme: EngineProgramme, moment: str, on: dt.date, work: UnitOfWork) -> None:
        """A moment of the clock has come, for reports about the programme as a whole."""
        whole = await self._contexts.subject(programme, "programme", programme.programme_id)
        for report in due_after(programme.template, *moment_parts(moment)):
            if whole is not None and report.about == "programme":
                await self.now(programme, report, programme.programme_id, whole, work)

    async def papers_due(self, event: SessionPapersDue, work: UnitOfWork) -> None:
        """The papers of a day of a course are compiled with what has been received by now."""
        programme = await self._stores.engine_programmes.get(event.programme_id)
        activity = programme.template.activity(event.activity) if programme else None
        if programme is None or activity is None:
            return
        about, about_id = ("school", event.school_id) if event.school_id else ("programme", event.programme_id)
        subject = await self._contexts.subject(programme, about, about_id)
        for report in (one for one in programme.template.reports if one.key in activity.papers):
            if subject is not None:
                await self.now(programme, report, about_id, subject, work)

    async def placed(
        self, programme: EngineProgramme, now: Placement, before: Placement | None, work: UnitOfWork
    ) -> None:
        """Somebody is placed, or their part is over: by the end of the placement, or because somebody else goes on."""
        subject = await self._contexts.subject(programme, "match", now.match_id)
        if subject is None:
            return
        if not now.ended:
            await self._happened(programme, now.round, "published", subject, work)
        gone = now.person_id if now.ended else before.person_id if before and before.person_id != now.person_id else ""
        if gone:
            await self._ended(programme, gone, work)

    async def now(
        self, programme: EngineProgramme, report: Report, about_id: str, subject: Subject, work: UnitOfWork
    ) -> Done:
        """Have it compiled, with as much of what was only counted as may be shown by now."""
        before = await self._earlier.programmes(programme) if wants_last_year(report) else []
        for one in (programme, *before):
            await self._sheets.brought_up_to_date(one, report, subject)
        record = await self._stores.reports.get(known_id(programme.programme_id, report.key, about_id))
        decision = ordered(record, report, programme, subject, about_id=about_id, now=work.now)
        assert decision.record is not None
        await self._stores.reports.put(decision.record)
        publish(decision, work)
        return decision.done

    async def _ended(self, programme: EngineProgramme, person_id: str, work: UnitOfWork) -> None:
        held = await self._stores.roster.of_person(programme.programme_id, person_id)
        for report in due_after(programme.template, ENDED, ""):
            if not any(one.role == report.about for one in held):
                continue
            if subject := await self._contexts.subject(programme, report.about, person_id):
                await self.now(programme, report, person_id, subject, work)

    async def _happened(
        self, programme: EngineProgramme, anchor: str, state: str, subject: Subject, work: UnitOfWork
    ) -> None:
        for report in due_after(programme.template, anchor, state):
            about_id = subject_id(subject, report.about, programme)
            about = await self._contexts.subject(programme, report.about, about_id) if about_id else None
            if about is not None:
                await self.now(programme, report, about_id, about, work)
