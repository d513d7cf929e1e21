"""Days that people agree."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable
from typing import Protocol

from services.scheduling.domain.dates.records import AgreementRecord

__all__ = ["Agreements"]


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
