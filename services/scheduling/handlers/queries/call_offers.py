"""Queries about calls on offer."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from services.scheduling.handlers.loading.hours import LoadHours
from services.scheduling.handlers.loading.open_calls import OpenCalls
from services.scheduling.handlers.queries.calls import call_row, slot_row
from services.scheduling.ports.calls import CallOffers, Calls
from shared.commands.scheduling_dates import (
    CallOfferDetail,
    CallOfferRow,
    CallOfferRows,
    CallOfferState,
    ListCallOffers,
    ShowCallOffer,
)

__all__ = ["CallOfferQueries"]


class CallOfferQueries:
    """Queries about calls on offer."""

    def __init__(
        self,
        offers: CallOffers,
        calls: Calls,
        hours: LoadHours,
        open_calls: OpenCalls,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._offers, self._calls, self._hours, self._open, self._now = offers, calls, hours, open_calls, now

    async def show(self, query: ShowCallOffer) -> CallOfferDetail:
        """How an offer stands: the call where one is booked, else the slots that are left."""
        offer, now = await self._offers.offer(query.offer_id), self._now()
        call = await self._calls.call(offer.call_id) if offer.call_id else None
        left = await self._left_of(offer, now) if _state(call, now) == "open" else ()
        return CallOfferDetail(
            **_fields(offer),
            call=call_row(call, now) if call is not None else None,
            total=len(left),
            slots=tuple(map(slot_row, left[: query.limit])),
        )

    async def list(self, query: ListCallOffers) -> CallOfferRows:
        """A page of offers as they stand at this time. All are read: how one stands depends on its call."""
        now, offers = self._now(), [one async for one in self._offers.of(query.person_id)]
        calls = await self._calls.named(one.call_id for one in offers if one.call_id)
        found = [one for one in offers if query.state in {None, _state(calls.get(one.call_id), now)}]
        shown = found[query.offset : query.offset + query.limit]
        left = await self._left([one for one in shown if _state(calls.get(one.call_id), now) == "open"], now)
        rows = (_row(one, calls.get(one.call_id), left.get(one.offer_id, ()), now) for one in shown)
        return CallOfferRows(total=len(found), offers=tuple(rows))

    async def _left_of(self, offer: CallOfferRecord, now: dt.datetime) -> Sequence[dt.datetime]:
        """When its call could begin; one that was booked by a public page with anybody who offers times there."""
        if offer.programme_id:
            return tuple(await self._open.left(await self._open.of(offer.programme_id, now), offer.person_id, now))
        return (await self._left([offer], now))[offer.offer_id]

    async def _left(self, offers: Sequence[CallOfferRecord], now: dt.datetime) -> dict[str, tuple[dt.datetime, ...]]:
        """When the call of each could begin; nothing where nobody has openings any more."""
        hours = await self._hours({who for one in offers for who in (one.host_id, one.person_id)}, now)
        return {one.offer_id: hours.left((one.host_id, one.person_id), one.minutes, now) or () for one in offers}


def _state(call: CallRecord | None, now: dt.datetime) -> CallOfferState:
    standing = call.standing(now) if call is not None else "cancelled"
    return "open" if standing == "cancelled" else standing


def _row(
    offer: CallOfferRecord, call: CallRecord | None, left: Sequence[dt.datetime], now: dt.datetime
) -> CallOfferRow:
    return CallOfferRow(
        **_fields(offer),
        asked_at=offer.asked_at,
        state=_state(call, now),
        call=call_row(call, now) if call is not None else None,
        total=len(left),
        until=slot_row(left[-1]) if left else None,
    )


def _fields(offer: CallOfferRecord) -> dict[str, Any]:
    return offer.model_dump(include={"offer_id", "host_id", "person_id", "minutes"})
