"""Which days people have given away."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from services.scheduling.domain.visits.records import EventRecord, VisitRecord

__all__ = ["Engagements"]


class Engagements(Protocol):
    """The days that published visits and events take from people."""

    async def elsewhere(
        self, people: Iterable[str], cohort_id: str, *, duties: bool = True
    ) -> dict[str, list[dt.date]]:
        """The days on which these people have published visits or events of other cohorts; of all for no cohort.

        `duties`: with those to which duties invite.
        """
        ...

    async def booked(self, visits: Iterable[VisitRecord]) -> set[str]:
        """The ids of those of these visits a day of which another visit has booked."""
        ...

    async def taken(self, record: VisitRecord, moving: Iterable[str] = ()) -> set[str]:
        """Those invited to this visit, and its host, whose day another published visit has booked.

        `moving`: ids of visits that are given other dates with it.
        """
        ...

    async def take_days(self, visits: Iterable[VisitRecord], events: Iterable[EventRecord] = ()) -> None:
        """Take the turns of everybody's days. Raises Retryable when somebody is at one of them."""
        ...
