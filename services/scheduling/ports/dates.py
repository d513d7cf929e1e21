"""What the handlers of agreed days and calls need of the store; `ports.Stores` holds both."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Protocol

from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.records import AgreementRecord, CallOfferRecord, CallRecord

__all__ = ["Agreements", "Calls"]


class Agreements(Protocol):
    """Days on offer, and the days that these hold for people."""

    async def agreement(self, agreement_id: str) -> AgreementRecord:
        """An agreement. Raises Rejected("unknown-agreement")."""
        ...

    def of(self, person_id: str) -> AsyncIterator[AgreementRecord]:
        """A person's agreements, or all where no person is named; those with the latest days first."""
        ...

    async def put(self, record: AgreementRecord, now: dt.datetime) -> None:
        """Save it with the days that it holds at this time, and no others.

        Raises Retryable when another agreement holds one of them for one of its people.
        """
        ...

    async def held(self, people: Iterable[str], now: dt.datetime) -> dict[str, list[dt.date]]:
        """The days held for these people at this time, in order."""
        ...

    async def forget(self, person_id: str) -> None:
        """Hold nothing for a person any more, and drop their notes."""
        ...


class Calls(Protocol):
    """When people can be called, and the calls that are booked."""

    async def openings(self, people: Iterable[str]) -> dict[str, tuple[Opening, ...]]:
        """The openings of those of these people who have any."""
        ...

    async def open(self, person_id: str, openings: Sequence[Opening]) -> None:
        """Save a person's openings in place of all before."""
        ...

    async def taken(self, people: Iterable[str], after: dt.datetime) -> dict[str, set[dt.datetime]]:
        """The cells (UTC) that are booked from an instant on for those of these people who have any."""
        ...

    async def call(self, call_id: str) -> CallRecord:
        """A call. Raises Rejected("unknown-call")."""
        ...

    async def calls(self, call_ids: Iterable[str]) -> dict[str, CallRecord]:
        """These calls by id, without those that are unknown."""
        ...

    def of(self, person_id: str) -> AsyncIterator[CallRecord]:
        """A person's calls, or all where no person is named; the latest first."""
        ...

    async def book(self, call: CallRecord) -> None:
        """Save a call and take its cells. Raises Rejected("slot-taken") when somebody's time is taken."""
        ...

    async def cancel(self, call: CallRecord) -> None:
        """Save a cancelled call and free its cells."""
        ...

    async def offer(self, offer_id: str) -> CallOfferRecord:
        """An offer of a call. Raises Rejected("unknown-offer")."""
        ...

    def offers_of(self, person_id: str) -> AsyncIterator[CallOfferRecord]:
        """The offers of a host or to a person, or all where nobody is named; the latest first."""
        ...

    async def put_offer(self, offer: CallOfferRecord) -> None:
        """Save an offer of a call."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's openings and the offers to them."""
        ...
