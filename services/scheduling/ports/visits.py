"""Visits: one by one, as the planner reads them, and as they are listed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from services.scheduling.domain.visits.records import EventRecord, Led, VisitRecord

__all__ = ["Listings", "PublishedVisits", "Visits"]


class Visits(Protocol):
    """Visits."""

    async def visit(self, visit_id: str) -> VisitRecord:
        """A visit. Raises Rejected("unknown-visit")."""
        ...

    async def put(self, visits: Sequence[VisitRecord]) -> None:
        """Save them. Raises Retryable when a day is meanwhile taken by another published visit."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[VisitRecord]:
        """All visits of a cohort by date."""
        ...

    async def of_groups(self, group_ids: Iterable[str]) -> list[VisitRecord]:
        """All visits of these groups by date."""
        ...

    async def of_person(self, cohort_id: str, person_id: str, days: Iterable[dt.date]) -> list[VisitRecord]:
        """A cohort's visits on these days that a person, or a substitute of theirs, attends or leads."""
        ...

    async def led(self, facilitators: Iterable[str], cohort_id: str) -> list[Led]:
        """The days on which these facilitators lead visits of a cohort that are not cancelled."""
        ...


class PublishedVisits(Protocol):
    """Published visits that a change of calendar data may touch."""

    async def on_days(self, days: Iterable[dt.date], first: dt.date) -> list[VisitRecord]:
        """Published visits on one of these days, from `first` on, by date."""
        ...

    async def at_schools(self, schools: Iterable[str], first: dt.date) -> list[VisitRecord]:
        """Published visits from a date on that one of these schools hosts or attends, by date."""
        ...


class Listings(Protocol):
    """Visits and events as pages and the command line list them."""

    async def visits(
        self, where: Mapping[str, str], *, drafts: bool, limit: int, offset: int
    ) -> tuple[int, list[VisitRecord]]:
        """How many visits match (cohort_id, group_id, person_id, school_id), and a page of them by date."""
        ...

    async def events(self, where: Mapping[str, str], *, drafts: bool) -> list[EventRecord]:
        """Events of a cohort, person or school by date; of one in several parts the first, bare of people."""
        ...

    async def proposed(self, cohort_id: str) -> tuple[int, list[VisitRecord]]:
        """How many visits of a cohort are not cancelled, and those of them for which another date is proposed."""
        ...
