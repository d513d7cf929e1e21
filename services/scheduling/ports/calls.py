"""Calls: when people can be called, the calls that are booked, and those on offer."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Protocol

from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord

__all__ = ["CallOffers", "Calls", "Openings"]


class Openings(Protocol):
    """When people can be called."""

    async def openings(self, people: Iterable[str]) -> dict[str, tuple[Opening, ...]]:
        """The openings of those of these people who have any."""
        ...

    async def put(self, person_id: str, openings: Sequence[Opening]) -> None:
        """Save a person's openings in place of all before."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's openings."""
        ...


class Calls(Protocol):
    """Calls that are booked or were cancelled."""

    async def call(self, call_id: str) -> CallRecord:
        """A call. Raises Rejected("unknown-call")."""
        ...

    async def named(self, call_ids: Iterable[str]) -> dict[str, CallRecord]:
        """These calls by id, without those that are unknown."""
        ...

    def of(self, person_id: str) -> AsyncIterator[CallRecord]:
        """A person's calls, or all where no person is named; the latest first."""
        ...

    async def taken(self, people: Iterable[str], after: dt.datetime) -> dict[str, set[dt.datetime]]:
        """The cells (UTC) that are booked from an instant on for those of these people who have any."""
        ...

    async def book(self, call: CallRecord) -> None:
        """Save a call and take its cells. Raises Rejected("slot-taken") when somebody's time is taken."""
        ...

    async def cancel(self, call: CallRecord) -> None:
        """Save a cancelled call and free its cells."""
        ...


class CallOffers(Protocol):
    """Calls that somebody is asked to choose a time for."""

    async def offer(self, offer_id: str) -> CallOfferRecord:
        """An offer of a call. Raises Rejected("unknown-offer")."""
        ...

    def of(self, person_id: str) -> AsyncIterator[CallOfferRecord]:
        """The offers of a host or to a person, or all where nobody is named; the latest first."""
        ...

    async def put(self, offer: CallOfferRecord) -> None:
        """Save an offer of a call."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop the offers to a person, and those of calls with them."""
        ...
