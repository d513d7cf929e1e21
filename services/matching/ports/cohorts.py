"""Cohorts."""

from typing import Protocol

from services.matching.domain.records import CohortRecord

__all__ = ["Cohorts"]


class Cohorts(Protocol):
    """The cohort of each programme, with what its latest draft came to."""

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        ...

    async def put_cohort(self, cohort: CohortRecord) -> None:
        """Save a cohort. Raises Retryable when this version, or a later one, has been saved already."""
        ...

    async def listed(self, programme_id: str) -> list[CohortRecord]:
        """The cohorts of a programme, or all for ""; newest first."""
        ...
