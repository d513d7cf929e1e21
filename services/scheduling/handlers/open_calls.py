"""Calls that anybody books by a programme's public page: what is left, booking, giving up; and how it is wired."""

import datetime as dt
from collections.abc import Callable

from services.scheduling.domain.dates.call_decisions import decide_cancelling, may_take
from services.scheduling.domain.dates.open_calls import begun, must_be_in
from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from services.scheduling.domain.local_time import LONDON
from services.scheduling.handlers.commands.calls import book
from services.scheduling.handlers.loading.open_calls import OpenCalls
from services.scheduling.handlers.queries.calls import call_row, slot_row
from services.scheduling.ports.stores import Stores
from shared.bus import Service, UnitOfWork
from shared.commands import open_calls as asks
from shared.commands.base import Done
from shared.commands.scheduling_dates import BookCall

__all__ = ["take_open_calls"]


class OpenCallCommands:
    """One method a command."""

    def __init__(self, stores: Stores, calls: OpenCalls) -> None:
        self._stores, self._open = stores, calls

    async def book(self, command: asks.BookOpenCall, work: UnitOfWork) -> Done:
        """Book with whoever is free. Raises Rejected: no-open-call, slot-taken, already-booked."""
        found = begun(await self._open.of(command.programme_id, work.now), command.person_id, work.now)
        before = await _offer(self._stores, found.offer_id, command.person_id)
        may_take(before or found, await _standing(self._stores, before, work.now), command.person_id)
        offer = await self._open.host_for(before or found, command.start, work.now)
        wanted = BookCall(person_ids=(offer.host_id, offer.person_id), start=command.start, minutes=offer.minutes)
        done = await book(self._stores.calls, self._open.hours, wanted, work, offer)
        await self._stores.call_offers.put(offer.model_copy(update={"call_id": done.id}))
        return Done(id=offer.offer_id, version=done.version, sentence=done.sentence)

    async def give_up(self, command: asks.GiveUpCall, work: UnitOfWork) -> Done:
        """The call does not take place. Raises Rejected: unknown-call, not-invited, already-over."""
        call = await self._stores.calls.call(command.call_id)
        must_be_in(call, command.person_id)
        decision = decide_cancelling(call, work.now)
        await self._stores.calls.cancel(decision.record)
        for event in decision.events:
            work.publish(event)
        return Done(id=call.call_id, version=decision.record.version, sentence=decision.sentence)


class OpenCallQueries:
    """One method a query."""

    def __init__(self, stores: Stores, calls: OpenCalls, now: Callable[[], dt.datetime]) -> None:
        self._stores, self._open, self._now = stores, calls, now

    async def slots(self, query: asks.ShowOpenSlots) -> asks.OpenSlots:
        """The times that are left. Raises Rejected("no-open-call")."""
        now = self._now()
        call = await self._open.of(query.programme_id, now)
        left = tuple(await self._open.left(call, "", now))
        activity = call.activity
        return asks.OpenSlots(
            programme_id=query.programme_id,
            activity=activity.key,
            title=activity.title,
            purpose=activity.purpose,
            minutes=call.minutes,
            asks=activity.asks or "",
            timezone=LONDON,
            total=len(left),
            slots=tuple(map(slot_row, left[: query.limit])),
        )

    async def show(self, query: asks.ShowCall) -> asks.CallShown:
        """A call for somebody in it. Raises Rejected: unknown-call, not-invited."""
        call = await self._stores.calls.call(query.call_id)
        must_be_in(call, query.person_id)
        offer = await _offer(self._stores, call.offer_id, query.person_id) if call.offer_id else None
        if offer is not None and offer.call_id:
            latest = await self._stores.calls.call(offer.call_id)
            call = latest if query.person_id in latest.people else call
        row = call_row(call, self._now())
        if offer is None:
            return asks.CallShown(**row.model_dump())
        return asks.CallShown(
            **row.model_dump(),
            offer_id=offer.offer_id,
            chooser_id=offer.person_id,
            programme_id=offer.programme_id,
        )


async def _offer(stores: Stores, offer_id: str, person_id: str) -> CallOfferRecord | None:
    """What is kept of somebody's call, if they have ever booked one."""
    async for one in stores.call_offers.of(person_id):
        if one.offer_id == offer_id:
            return one
    return None


async def _standing(stores: Stores, offer: CallOfferRecord | None, now: dt.datetime) -> CallRecord | None:
    """The call of an offer that is still to come."""
    booked = await stores.calls.call(offer.call_id) if offer and offer.call_id else None
    return booked if booked is not None and booked.standing(now) == "booked" else None


def take_open_calls(service: Service, stores: Stores, calls: OpenCalls) -> None:
    """Wire commands and queries."""
    acts, shown = OpenCallCommands(stores, calls), OpenCallQueries(stores, calls, stores.now)
    service.command(asks.BookOpenCall, acts.book)
    service.command(asks.GiveUpCall, acts.give_up)
    service.query(asks.ShowOpenSlots, shown.slots)
    service.query(asks.ShowCall, shown.show)
