"""The command that notes a disruption and carries out what was shown."""

from services.scheduling.domain.calendars.inspections import stretches
from services.scheduling.domain.visits import disruptions
from services.scheduling.domain.visits.disruptions import carried_out
from services.scheduling.domain.visits.event_decisions import paused_question
from services.scheduling.domain.visits.pauses import EventDates
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.domain.visits.standing import activities_of
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.commands.inspections import WHY, Inspecting
from services.scheduling.handlers.loading.affected import affected
from services.scheduling.handlers.loading.settled import settled
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_changes import ChangeCalendar
from shared.errors import Rejected, Retryable

__all__ = ["DisruptionCommands"]


class DisruptionCommands:
    """The command that carries out the difference that the query `WhatIf` shows."""

    def __init__(self, stores: Stores, changes: Changes, events: CohortEvents) -> None:
        self._stores = stores
        self._changes = changes
        self._events = events
        self._inspecting = Inspecting(stores)

    async def change(self, command: ChangeCalendar, work: UnitOfWork) -> Done:
        """Note the disruption and carry its difference out."""
        given = await affected(self._stores, command.cohort_id, command.disruption, work.now)
        if any(each.record.decided for each in given.events):
            raise Retryable("Mails about another date of an event are just going out; ask again in a minute.")
        near, board, found = await settled(self._stores, given, work.now)
        what, dates = given.what, given.dates
        if command.digest and command.digest != found.digest:
            raise Rejected("latest-difference", "The calendar has changed since you looked; look at it again.")
        await self._note(what, work)
        records = {each.visit.visit_id: each for each in near.visits}
        changes = carried_out(board, records, found)
        await self._changes.make(changes, what.reason, None, near.sources.programme, work)
        await self._decide_events(dates, what.reason, work)
        for each in found.undecided:
            self._changes.ask(records[each.visit.id], each.question, None, work)
        sentence = f"Visits changed: {len(changes)}. Left to you: {len(found.undecided)}."
        if found.events:
            events = activities_of(one.before for one in dates.moved)
            left = activities_of(one.record for one in dates.left)
            sentence = f"{sentence} Events moved: {events}. Events left to you: {left}."
        return Done(id=command.cohort_id, version=max(1, given.cohort.version), sentence=sentence)

    async def _decide_events(self, dates: EventDates, why: str, work: UnitOfWork) -> None:
        for each in {one.before.event.activity: one for one in reversed(dates.moved)}.values():
            decision = EventDecision(on=each.after.event.on, why=why, said=each.after.why)
            await self._events.decide(each.before, decision, work)
        for left in {one.record.event.activity: one for one in reversed(dates.left)}.values():
            work.publish(paused_question(left.record, left.sentence))

    async def _note(self, what: disruptions.Disruption, work: UnitOfWork) -> None:
        if what.reason == WHY:
            for first, last in stretches(what.days):
                await self._inspecting.note(what.subject, first, last, work)
        elif what.reason in disruptions.AT_A_SCHOOL:
            await self._stores.days_off.close(what.subject, what.days)
        else:
            await self._stores.days_off.rule_out(what.subject, what.days)
