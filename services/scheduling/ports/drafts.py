"""Drafts: saved, checked and published in batches."""

from collections.abc import AsyncIterator
from typing import Protocol

from services.scheduling.domain.visits.records import EventRecord, VisitRecord

__all__ = ["Drafts"]


class Drafts(Protocol):
    """The draft of a cohort's calendar, and its calendar as the checker reads it."""

    async def drop(self, cohort_id: str, most: int) -> int:
        """Forget so many of a cohort's draft visits and events at most; return how many went."""
        ...

    async def count(self, cohort_id: str) -> tuple[int, int]:
        """How many draft visits a cohort has, and how many draft events, parts of one counted as one."""
        ...

    async def next_visits(self, cohort_id: str, most: int) -> list[VisitRecord]:
        """Draft visits of a cohort by date, so many at most; those that wait for the coordinator are none."""
        ...

    async def next_event(self, cohort_id: str) -> EventRecord | None:
        """The first draft event of a cohort, or part of one, if there is any."""
        ...

    def each_visit(self, cohort_id: str) -> AsyncIterator[VisitRecord]:
        """All visits of a cohort by date, one after the other, without briefs and who was present."""
        ...

    async def seen(self, cohort_id: str) -> set[tuple[str, str, str, int]]:
        """(id, day, state, version) of every visit of a cohort: whether anything changed since they were read."""
        ...
