"""Inspections that schools tell of: nobody visits them then, visits move, and those weeks' tasks are excused."""

import datetime as dt

from services.scheduling.domain.calendars.inspections import Inspections, noted, taken_back
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.duties.layout import DutyLayout
from services.scheduling.handlers.sessions.clashes import CourseDays
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.inspections import (
    InspectionRow,
    InspectionRows,
    ListInspections,
    NoteInspection,
    TakeBackInspection,
)

__all__ = ["Inspecting", "InspectionCommands", "InspectionQueries"]

WHY = "inspection"
"""Why a visit moves, as its event says it."""


class Inspecting:
    """Keeps inspections and tells of them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._duties, self._courses = DutyLayout(stores), CourseDays(stores)

    async def note(self, school_id: str, first: dt.date, last: dt.date, work: UnitOfWork) -> Inspections:
        """One more. Raises Rejected: see `noted`."""
        before = await self.of(school_id)
        after = noted(before, first, last, local_date(work.now, LONDON))
        await self._keep(before, after, work)
        return after

    async def take_back(self, school_id: str, first: dt.date, work: UnitOfWork) -> None:
        """One less. Raises Rejected("no-inspection")."""
        before = await self.of(school_id)
        await self._keep(before, taken_back(before, first), work)

    async def of(self, school_id: str) -> Inspections:
        """What is known of a school's inspections."""
        found = await self._stores.days_off.inspections([school_id])
        return found.get(school_id) or Inspections(school_id=school_id)

    async def _keep(self, before: Inspections, after: Inspections, work: UnitOfWork) -> None:
        if after == before:
            return
        await self._stores.days_off.put_inspections(after)
        work.publish(after.told())
        await self._duties.calendars_changed(work, school_id=after.school_id)
        await self._courses.calendars_changed(work, school_id=after.school_id)


class InspectionCommands:
    """One method a command."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes
        self._inspecting = Inspecting(stores)

    async def note(self, command: NoteInspection, work: UnitOfWork) -> Done:
        """Note it; published visits on its days that the school hosts or attends move by the least change."""
        after = await self._inspecting.note(command.school_id, command.first, command.last, work)
        days, today = after.days(), local_date(work.now, LONDON)
        said = []
        for record in await self._stores.published.at_schools([command.school_id], today):
            current = await self._stores.visits.visit(record.visit.visit_id)
            if current.visit.on in days:
                changes = await self._changes.repair(current, WHY, None, work)
                said += [change.sentence for change in changes] or ["A visit is left to the coordinator."]
        sentence = " ".join(said) or "No published visit clashes."
        return Done(
            id=command.school_id, version=max(1, after.version), sentence=f"The inspection is noted. {sentence}"
        )

    async def take_back(self, command: TakeBackInspection, work: UnitOfWork) -> Done:
        """Take it back; what it excused is owed again, and visits stay where they are now."""
        await self._inspecting.take_back(command.school_id, command.first, work)
        return Done(id=command.school_id, sentence="The inspection is taken back; visits stay where they are now.")


class InspectionQueries:
    """One method a query."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def list(self, query: ListInspections) -> InspectionRows:
        """The inspections of one school, or of all that have one from today on."""
        today = local_date(self._stores.now(), LONDON)
        if query.school_id:
            found = list((await self._stores.days_off.inspections([query.school_id])).values())
        else:
            found = await self._stores.days_off.inspected_from(today)
        rows = tuple(InspectionRow(school_id=one.school_id, windows=one.windows) for one in found if one.windows)
        return InspectionRows(schools=rows)
