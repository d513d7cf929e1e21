"""Calls: when people can be called, which slots are left, booking one and cancelling it."""

import datetime as dt
from collections.abc import Sequence

from services.scheduling.domain.dates.booking import Opening, checked, is_open, shared_openings, slots
from services.scheduling.domain.dates.records import CallRecord
from services.scheduling.domain.ids import call_id
from services.scheduling.domain.local_time import LONDON, local_date, local_time
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS, busy
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_dates import (
    BookCall,
    CallRow,
    CallRows,
    CallSlots,
    CancelCall,
    ListCalls,
    OpenCalls,
    ShowCallSlots,
    SlotRow,
)
from shared.errors import Rejected
from shared.events.scheduling_dates import CallBooked, CallCancelled

__all__ = ["Calls", "call_row", "slot_row"]

NO_OPENINGS = "None of them has said when to be called. Use `kindred calls open` first."


class Calls:
    """Commands and the query about calls."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def open(self, command: OpenCalls, work: UnitOfWork) -> Done:
        """Keep when somebody can be called, in place of what was said before."""
        lines = [
            Opening(one.on, one.first.replace(tzinfo=None), one.last.replace(tzinfo=None)) for one in command.openings
        ]
        openings = checked(lines, local_date(work.now, LONDON))
        await self._stores.calls.open(command.person_id, openings)
        return Done(id=command.person_id, sentence=f"Openings kept, in place of those before: {len(openings)}.")

    async def slots(self, query: ShowCallSlots) -> CallSlots:
        """The slots that are left for all of these people."""
        found = await self.left(query.person_ids, query.minutes)
        return CallSlots(total=len(found), timezone=LONDON, slots=tuple(map(slot_row, found[: query.limit])))

    async def left(self, people: Sequence[str], minutes: int) -> tuple[dt.datetime, ...]:
        """When a call of these people could begin (UTC, ascending). Raises Rejected where nobody has openings."""
        (found,) = await self.left_of([(people, minutes)])
        if found is None:
            raise Rejected("no-openings", NO_OPENINGS)
        return found

    async def left_of(self, asked: Sequence[tuple[Sequence[str], int]]) -> list[tuple[dt.datetime, ...] | None]:
        """The same of several calls of people and minutes, read at once; None where nobody has openings."""
        now, people = self._stores.now(), {one for each, _ in asked for one in each}
        openings = await self._stores.calls.openings(people)
        taken = await self._stores.calls.taken(people, now)
        away = await engaged(self._stores, people, OF_ALL_COHORTS, now)

        def left(these: Sequence[str], minutes: int) -> tuple[dt.datetime, ...] | None:
            theirs = [openings[one] for one in these if one in openings]
            days = {day for one in these for day in away.get(one, ())}
            booked = {cell for one in these for cell in taken.get(one, ())}
            possible = [one for one in shared_openings(theirs) if one.on not in days]
            return slots(possible, booked, minutes, LONDON, after=now) if theirs else None

        return [left(*each) for each in asked]

    async def book(self, command: BookCall, work: UnitOfWork, offer_id: str | None = None) -> Done:
        """Book a call that lies in everybody's openings, on a day that nobody has given away whole."""
        if len(set(command.person_ids)) < len(command.person_ids):
            raise Rejected("two-people", "A call is between different people; somebody is named twice.")
        if command.start <= work.now:
            raise Rejected("too-late", "This time has passed. Choose a slot that is to come.")
        call = CallRecord.at(call_id(work.event_id), command.person_ids, command.start, command.minutes, LONDON)
        if not is_open(await self._openings(call.people), command.start, command.minutes, LONDON):
            raise Rejected("not-open", "This is outside the hours in which they can be called. Choose a free slot.")
        if call.on in await busy(self._stores, call.people, work.now):
            raise Rejected("day-taken", f"{in_words(call.on)} is taken for one of them. Choose another day.")
        call = call.model_copy(update={"offer_id": offer_id})
        await self._stores.calls.book(call)
        work.publish(CallBooked.model_validate(_told(call)))
        return Done(id=call.call_id, version=call.version, sentence=f"The call is booked: {_when(call)}.")

    async def cancel(self, command: CancelCall, work: UnitOfWork) -> Done:
        """A call that is to come does not take place."""
        before = await self._stores.calls.call(command.call_id)
        if before.state == "cancelled" or before.start <= work.now:
            raise Rejected("already-over", "This call has begun or been cancelled; there is nothing to cancel.")
        after = before.model_copy(update={"state": "cancelled", "version": before.version + 1})
        await self._stores.calls.cancel(after)
        work.publish(CallCancelled.model_validate(_told(after)))
        return Done(id=after.call_id, version=after.version, sentence=f"The call is cancelled: {_when(after)}.")

    async def list(self, query: ListCalls) -> CallRows:
        """A page of calls as they stand at this time. All are read: how one stands depends on the time."""
        now = self._stores.now()
        found = [
            call
            async for call in self._stores.calls.of(query.person_id)
            if query.state in {None, call.standing(now)} and call.call_id.startswith(query.named)
        ]
        shown = found[query.offset : query.offset + query.limit]
        return CallRows(total=len(found), calls=tuple(call_row(call, now) for call in shown))

    async def _openings(self, people: Sequence[str]) -> tuple[Opening, ...]:
        """The stretches that lie in the openings of everybody who has any."""
        theirs = await self._stores.calls.openings(people)
        if not theirs:
            raise Rejected("no-openings", NO_OPENINGS)
        return shared_openings(list(theirs.values()))


def _told(call: CallRecord) -> dict[str, object]:
    fields = call.model_dump(include={"version", "call_id", "on", "starts", "minutes", "timezone", "offer_id"})
    return {**fields, "person_ids": call.people}


def slot_row(start: dt.datetime) -> SlotRow:
    """A slot that begins at an instant."""
    return SlotRow(start=start, on=local_date(start, LONDON), starts=local_time(start, LONDON))


def call_row(call: CallRecord, now: dt.datetime) -> CallRow:
    """A call as it stands at an instant."""
    fields = call.model_dump(include={"call_id", "on", "starts", "minutes", "timezone"})
    return CallRow(**fields, person_ids=call.people, state=call.standing(now))


def _when(call: CallRecord) -> str:
    return f"{in_words(call.on)}, {call.starts.hour}:{call.starts:%M}, {call.minutes} minutes"
