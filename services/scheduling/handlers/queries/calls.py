"""Queries about calls: the times that are left, and the calls that there are."""

import datetime as dt
from collections.abc import Callable

from services.scheduling.domain.dates.call_decisions import NO_OPENINGS
from services.scheduling.domain.dates.records import CallRecord
from services.scheduling.domain.local_time import LONDON, local_date, local_time
from services.scheduling.handlers.loading.hours import LoadHours
from services.scheduling.ports.calls import Calls
from shared.commands.scheduling_dates import CallRow, CallRows, CallSlots, ListCalls, ShowCallSlots, SlotRow
from shared.errors import Rejected

__all__ = ["CallQueries", "call_row", "slot_row"]


class CallQueries:
    """Queries about calls."""

    def __init__(self, calls: Calls, hours: LoadHours, now: Callable[[], dt.datetime]) -> None:
        self._calls, self._hours, self._now = calls, hours, now

    async def slots(self, query: ShowCallSlots) -> CallSlots:
        """The slots that are left for all of these people. Raises Rejected where none of them has openings."""
        now = self._now()
        found = (await self._hours(set(query.person_ids), now)).left(query.person_ids, query.minutes, now)
        if found is None:
            raise Rejected("no-openings", NO_OPENINGS)
        return CallSlots(total=len(found), timezone=LONDON, slots=tuple(map(slot_row, found[: query.limit])))

    async def list(self, query: ListCalls) -> CallRows:
        """A page of calls as they stand at this time. All are read: how one stands depends on the time."""
        now = self._now()
        found = [
            call
            async for call in self._calls.of(query.person_id)
            if query.state in {None, call.standing(now)} and call.call_id.startswith(query.named)
        ]
        shown = found[query.offset : query.offset + query.limit]
        return CallRows(total=len(found), calls=tuple(call_row(call, now) for call in shown))


def slot_row(start: dt.datetime) -> SlotRow:
    """A slot that begins at an instant."""
    return SlotRow(start=start, on=local_date(start, LONDON), starts=local_time(start, LONDON))


def call_row(call: CallRecord, now: dt.datetime) -> CallRow:
    """A call as it stands at an instant."""
    fields = call.model_dump(include={"call_id", "on", "starts", "minutes", "timezone"})
    return CallRow(**fields, person_ids=call.people, state=call.standing(now))
