"""Calendar data changes: an authority's term dates, a school's closure days. Each checks published visits."""

from services.scheduling.calendar_files import days_in
from services.scheduling.domain import explain
from services.scheduling.domain.assemble import days_of
from services.scheduling.domain.records import AuthorityCalendar, VisitRecord
from services.scheduling.domain.when import local_date
from services.scheduling.handlers.changes import Changes
from services.scheduling.ports import Stores, Uploads
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CloseSchoolDays, ImportCalendar

__all__ = ["CalendarChanges"]

LISTED = 20


class CalendarChanges:
    """Commands about calendar data."""

    def __init__(self, stores: Stores, uploads: Uploads, changes: Changes) -> None:
        self._stores = stores
        self._uploads = uploads
        self._changes = changes

    async def import_calendar(self, command: ImportCalendar, work: UnitOfWork) -> Done:
        """Term dates of an authority; published visits that now clash are listed and left to the coordinator."""
        days = days_in(await self._uploads.get(command.upload), command.filename)
        code = command.authority_code
        await self._stores.calendars.put(AuthorityCalendar(authority_code=code, source=command.filename, days=days))
        span = f"{len(days)} school days from {explain.in_words(days[0])} to {explain.in_words(days[-1])}"
        clashing = await self._clashing(code, frozenset(days), work)
        for record in clashing:
            self._changes.ask(record, "calendar-clash", None, work)
        if not clashing:
            return Done(id=code, sentence=f"{span}. No published visit clashes.")
        listed = "; ".join(f"{one.visit.visit_id} on {explain.in_words(one.visit.on)}" for one in clashing[:LISTED])
        more = f" and {len(clashing) - LISTED} more" if len(clashing) > LISTED else ""
        sentence = (
            f"{span}. {len(clashing)} published visits clash: {listed}{more}. Draft the calendar again for other dates."
        )
        return Done(id=code, sentence=sentence)

    async def _clashing(self, code: str, days: frozenset[object], work: UnitOfWork) -> list[VisitRecord]:
        schools = await self._stores.facts.schools_of_authority(code)
        today = local_date(work.now, "Europe/London")
        return [one for one in await self._stores.visits.of_schools(schools, today) if one.visit.on not in days]

    async def close_days(self, command: CloseSchoolDays, work: UnitOfWork) -> Done:
        """INSET or closure days of a school; published visits on them move by the least change."""
        days = days_of(command.days)
        await self._stores.calendars.close(command.school_id, days)
        today = local_date(work.now, "Europe/London")
        affected = [
            one for one in await self._stores.visits.of_schools([command.school_id], today) if one.visit.on in days
        ]
        told = []
        for record in affected:
            current = await self._stores.visits.visit(record.visit.visit_id)
            if current.visit.on in days:
                changes = await self._changes.repair(current, "closure", None, work)
                told += [change.sentence for change in changes] or ["A visit is left to the coordinator."]
        sentence = " ".join(told) or "No published visit clashes."
        return Done(id=command.school_id, sentence=f"{len(days)} days noted. {sentence}")
