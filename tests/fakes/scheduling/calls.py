"""Openings, calls and calls on offer, in memory; no two calls share a cell of one person."""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence

from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from shared.errors import Rejected
from tests.fakes.memory import Memory

LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class MemoryOpenings:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["openings"]

    async def openings(self, people: Iterable[str]) -> dict[str, tuple[Opening, ...]]:
        return {one: self._kept[one] for one in people if one in self._kept}

    async def put(self, person_id: str, openings: Sequence[Opening]) -> None:
        self._kept.pop(person_id, None)
        if openings:
            self._kept[person_id] = tuple(openings)

    async def forget(self, person_id: str) -> None:
        self._kept.pop(person_id, None)


class MemoryCalls:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["calls"]

    async def call(self, call_id: str) -> CallRecord:
        if call_id not in self._kept:
            raise Rejected("unknown-call", f"There is no call '{call_id[:60]}'.")
        found: CallRecord = self._kept[call_id]
        return found

    async def named(self, call_ids: Iterable[str]) -> dict[str, CallRecord]:
        return {name: self._kept[name] for name in call_ids if name in self._kept}

    async def of(self, person_id: str) -> AsyncIterator[CallRecord]:
        theirs = [each for each in self._kept.values() if not person_id or person_id in each.people]
        theirs.sort(key=lambda each: each.call_id)
        for each in sorted(theirs, key=lambda each: (each.on, each.starts), reverse=True):
            yield each

    async def taken(self, people: Iterable[str], after: dt.datetime) -> dict[str, set[dt.datetime]]:
        wanted, found = set(people), defaultdict[str, set[dt.datetime]](set)
        for call in (each for each in self._kept.values() if each.state == "booked"):
            for person in wanted.intersection(call.people):
                found[person].update(cell for cell in call.cells if cell >= after)
        return {person: cells for person, cells in found.items() if cells}

    async def book(self, call: CallRecord) -> None:
        taken = await self.taken(call.people, LONG_AGO)
        if any(taken.get(person, set()).intersection(call.cells) for person in call.people):
            raise Rejected("slot-taken", "Somebody has a call at this time already. Choose another.")
        self._kept[call.call_id] = call

    async def cancel(self, call: CallRecord) -> None:
        self._kept[call.call_id] = call


class MemoryCallOffers:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["call_offers"]

    async def offer(self, offer_id: str) -> CallOfferRecord:
        if offer_id not in self._kept:
            raise Rejected("unknown-offer", f"There is no offer of a call '{offer_id[:60]}'.")
        found: CallOfferRecord = self._kept[offer_id]
        return found

    async def of(self, person_id: str) -> AsyncIterator[CallOfferRecord]:
        theirs = [each for each in self._kept.values() if person_id in {"", each.host_id, each.person_id}]
        theirs.sort(key=lambda each: each.offer_id)
        for each in sorted(theirs, key=lambda each: each.asked_at or LONG_AGO, reverse=True):
            yield each

    async def put(self, offer: CallOfferRecord) -> None:
        self._kept[offer.offer_id] = offer

    async def forget(self, person_id: str) -> None:
        for name in [name for name, each in self._kept.items() if person_id in {each.host_id, each.person_id}]:
            del self._kept[name]
