"""Commands about calls: open hours, booking, cancelling."""

from services.scheduling.domain.dates.booking import Opening, checked
from services.scheduling.domain.dates.call_decisions import decide_booking, decide_cancelling
from services.scheduling.domain.dates.records import CallOfferRecord
from services.scheduling.domain.ids import call_id
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.handlers.loading.hours import LoadHours
from services.scheduling.ports.calls import Calls, Openings
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_dates import BookCall, CancelCall, OpenCalls

__all__ = ["CallCommands", "book"]


class CallCommands:
    """Commands about calls."""

    def __init__(self, openings: Openings, calls: Calls, hours: LoadHours) -> None:
        self._openings, self._calls, self._hours = openings, calls, hours

    async def open(self, command: OpenCalls, work: UnitOfWork) -> Done:
        """Keep when somebody can be called, in place of what was said before."""
        lines = [
            Opening(one.on, one.first.replace(tzinfo=None), one.last.replace(tzinfo=None)) for one in command.openings
        ]
        openings = checked(lines, local_date(work.now, LONDON))
        await self._openings.put(command.person_id, openings)
        return Done(id=command.person_id, sentence=f"Openings kept, in place of those before: {len(openings)}.")

    async def book(self, command: BookCall, work: UnitOfWork) -> Done:
        """Book a call."""
        return await book(self._calls, self._hours, command, work)

    async def cancel(self, command: CancelCall, work: UnitOfWork) -> Done:
        """Cancel a call that is to come."""
        decision = decide_cancelling(await self._calls.call(command.call_id), work.now)
        call = decision.record
        await self._calls.cancel(call)
        for event in decision.events:
            work.publish(event)
        return Done(id=call.call_id, version=call.version, sentence=decision.sentence)


async def book(
    calls: Calls, hours_of: LoadHours, command: BookCall, work: UnitOfWork, offer: CallOfferRecord | None = None
) -> Done:
    """Book a call, or the one that was on offer."""
    hours = await hours_of(set(command.person_ids), work.now)
    decision = decide_booking(call_id(work.event_id), command, hours, work.now, offer)
    call = decision.record
    await calls.book(call)
    for event in decision.events:
        work.publish(event)
    return Done(id=call.call_id, version=call.version, sentence=decision.sentence)
