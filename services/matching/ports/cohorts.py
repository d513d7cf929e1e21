"""Cohorts and their groups."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.matching.domain.records import CohortRecord, GroupRecord

__all__ = ["Cohorts"]


class Cohorts(Protocol):
    """Cohorts and their groups, drafted and published."""

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        ...

    async def put_cohort(self, cohort: CohortRecord) -> None:
        """Save a cohort. Raises Retryable when another has saved this version."""
        ...

    async def listed(self, programme_id: str) -> list[CohortRecord]:
        """The cohorts of a programme, or all; newest first."""
        ...

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        ...

    async def groups(self, cohort_id: str, limit: int = 0, offset: int = 0) -> list[GroupRecord]:
        """The groups of a cohort by number; those without schools are left out."""
        ...

    async def groups_near(self, cohort_id: str, place: tuple[float, float], wanted: int) -> list[GroupRecord]:
        """At least so many groups around a place (all, where there are fewer), the nearest first."""
        ...

    async def last_number(self, cohort_id: str) -> int:
        """The highest number that a group of the cohort has; 0 without groups."""
        ...

    async def group_of(self, cohort_id: str, school_id: str) -> GroupRecord | None:
        """The group a school is in, as the draft or, without one, the published cohort has it."""
        ...

    async def replace_drafts(self, cohort_id: str, groups: Sequence[GroupRecord]) -> None:
        """Put these in place of the cohort's draft groups; no published group is to change any more."""
        ...

    async def put_group(self, group: GroupRecord) -> None:
        """Save a group."""
        ...

    async def publish_groups(self, cohort_id: str) -> None:
        """Make drafted groups published ones and mark those that are to change; none of them is told yet."""
        ...

    async def changing(self, cohort_id: str) -> list[GroupRecord]:
        """Groups that publishing the draft would tell of: new ones, and published ones that are to change."""
        ...

    async def telling(self, cohort_id: str) -> bool:
        """Whether groups of the cohort have not been told yet."""
        ...

    async def untold(self, limit: int) -> list[GroupRecord]:
        """Published groups that nobody has been told of, by cohort and number; marks them told."""
        ...

    async def grouped_before(self, programme_id: str, schools: Collection[str]) -> dict[str, set[str]]:
        """For each school those it was grouped with in other programmes."""
        ...
