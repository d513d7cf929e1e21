"""Calls that somebody is asked to choose a time for, from the slots that are left: the first to book one has it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from services.scheduling.domain.ids import call_offer_id
from services.scheduling.handlers.commands.calls import Calls, call_row, slot_row
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_dates import (
    BookCall,
    CallOfferDetail,
    CallOfferRow,
    CallOfferRows,
    CallOfferState,
    ListCallOffers,
    OfferCall,
    ShowCallOffer,
    ShowCallSlots,
    TakeCallSlot,
)
from shared.errors import Rejected
from shared.events.scheduling_dates import CallOffered

__all__ = ["CallOffers"]


class CallOffers:
    """Commands and queries about calls on offer."""

    def __init__(self, stores: Stores, calls: Calls) -> None:
        self._stores = stores
        self._calls = calls

    async def offer(self, command: OfferCall, work: UnitOfWork) -> Done:
        """Ask somebody to choose a time for a call with a person who has said when to be called."""
        if command.host_id == command.person_id:
            raise Rejected("two-people", "A call is between different people; somebody is named twice.")
        pair = command.host_id, command.person_id
        found = await self._calls.slots(ShowCallSlots(person_ids=pair, minutes=command.minutes, limit=1))
        if not found.slots:
            raise Rejected("no-slots", "No time is left. Use `kindred calls open` to say when else to be called.")
        record = CallOfferRecord(offer_id=call_offer_id(work.event_id), asked_at=work.now, **command.model_dump())
        await self._stores.calls.put_offer(record)
        work.publish(CallOffered(version=1, offer_id=record.offer_id, **command.model_dump()))
        return Done(id=record.offer_id, sentence=f"Asked by mail; times to choose from: {found.total}.")

    async def take(self, command: TakeCallSlot, work: UnitOfWork) -> Done:
        """Book the call at the time that they chose. Refused where it is taken meanwhile, or booked already."""
        offer = await self._stores.calls.offer(command.offer_id)
        if command.person_id != offer.person_id:
            raise Rejected("not-invited", "Only who was asked can choose the time.")
        booked = await self._booked(offer)
        if booked is not None and booked.state == "booked":
            raise Rejected("already-booked", "The call is booked already. The coordinator can cancel it.")
        people = offer.host_id, offer.person_id
        book = BookCall(person_ids=people, start=command.start, minutes=offer.minutes)
        done = await self._calls.book(book, work, offer.offer_id)
        await self._stores.calls.put_offer(offer.model_copy(update={"call_id": done.id}))
        return done

    async def show(self, query: ShowCallOffer) -> CallOfferDetail:
        """How an offer stands: the call where one is booked, else the slots that are left."""
        offer = await self._stores.calls.offer(query.offer_id)
        call, now = await self._booked(offer), self._stores.now()
        left = (await self._left([offer]))[offer.offer_id] if _state(call, now) == "open" else ()
        return CallOfferDetail(
            **_told(offer),
            call=call_row(call, now) if call is not None else None,
            total=len(left),
            slots=tuple(map(slot_row, left[: query.limit])),
        )

    async def list(self, query: ListCallOffers) -> CallOfferRows:
        """A page of offers as they stand at this time. All are read: how one stands depends on its call."""
        now, offers = self._stores.now(), [one async for one in self._stores.calls.offers_of(query.person_id)]
        calls = await self._stores.calls.calls(one.call_id for one in offers if one.call_id)
        found = [one for one in offers if query.state in {None, _state(calls.get(one.call_id), now)}]
        shown = found[query.offset : query.offset + query.limit]
        left = await self._left([one for one in shown if _state(calls.get(one.call_id), now) == "open"])
        rows = (_row(one, calls.get(one.call_id), left.get(one.offer_id, ()), now) for one in shown)
        return CallOfferRows(total=len(found), offers=tuple(rows))

    async def _left(self, offers: Sequence[CallOfferRecord]) -> dict[str, tuple[dt.datetime, ...]]:
        """When the call of each could begin; nothing where nobody has openings any more."""
        found = await self._calls.left_of([((one.host_id, one.person_id), one.minutes) for one in offers])
        return {one.offer_id: left or () for one, left in zip(offers, found, strict=True)}

    async def _booked(self, offer: CallOfferRecord) -> CallRecord | None:
        return await self._stores.calls.call(offer.call_id) if offer.call_id else None


def _state(call: CallRecord | None, now: dt.datetime) -> CallOfferState:
    standing = call.standing(now) if call is not None else "cancelled"
    return "open" if standing == "cancelled" else standing


def _row(
    offer: CallOfferRecord, call: CallRecord | None, left: Sequence[dt.datetime], now: dt.datetime
) -> CallOfferRow:
    return CallOfferRow(
        **_told(offer),
        asked_at=offer.asked_at,
        state=_state(call, now),
        call=call_row(call, now) if call is not None else None,
        total=len(left),
        until=slot_row(left[-1]) if left else None,
    )


def _told(offer: CallOfferRecord) -> dict[str, Any]:
    return offer.model_dump(include={"offer_id", "host_id", "person_id", "minutes"})
