"""Cohorts and their groups."""

from collections.abc import Iterable
from typing import Protocol

from services.scheduling.domain.visits.records import CohortRecord, GroupRecord

__all__ = ["Cohorts", "Groups"]


class Cohorts(Protocol):
    """Cohorts and how their calendars stand."""

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        ...

    async def of_programme(self, programme_id: str) -> list[CohortRecord]:
        """The cohorts of a programme by id."""
        ...

    async def put(self, cohort: CohortRecord) -> None:
        """Save a cohort."""
        ...

    async def mark_drafting(self, cohort_id: str, draft: str) -> None:
        """Note which draft is being saved."""
        ...

    async def publishing(self) -> CohortRecord | None:
        """A published cohort some of whose dates are still to be published."""
        ...


class Groups(Protocol):
    """Groups of cohorts."""

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[GroupRecord]:
        """The groups of a cohort by number."""
        ...

    async def named(self, group_ids: Iterable[str]) -> list[GroupRecord]:
        """These groups by number."""
        ...

    async def with_people(self, cohort: CohortRecord, people: Iterable[str]) -> set[str]:
        """The ids of a cohort's groups in whose schools one of these people is enrolled."""
        ...

    async def of_school(self, programme_id: str, school_id: str) -> list[GroupRecord]:
        """The groups of a programme that a school is in."""
        ...

    async def put(self, group: GroupRecord) -> None:
        """Save a group."""
        ...
