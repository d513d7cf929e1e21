"""Groups, drafted and published: looked up, changed by decisions, and published in batches."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.matching.domain.records import GroupRecord

__all__ = ["GroupChanges", "Groups", "UntoldGroups"]


class Groups(Protocol):
    """Groups as people and drafts look them up. A draft's proposal for a published group counts as the group."""

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        ...

    async def groups(self, cohort_id: str, limit: int = 0, offset: int = 0) -> list[GroupRecord]:
        """The groups of a cohort by number, all for limit 0; those without schools are left out."""
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

    async def grouped_before(self, programme_id: str, schools: Collection[str]) -> dict[str, set[str]]:
        """For each school those it was grouped with in other programmes; schools without any are left out."""
        ...


class GroupChanges(Protocol):
    """Groups as decisions change them."""

    async def published(self, cohort_id: str) -> list[GroupRecord]:
        """The published groups with schools, by number, as they are: without what a draft proposes."""
        ...

    async def published_group_of(self, cohort_id: str, school_id: str) -> GroupRecord | None:
        """The published group a school is in, as it is."""
        ...

    async def changing(self, cohort_id: str) -> list[GroupRecord]:
        """Published groups for which the draft proposes something, by number."""
        ...

    async def drafted(self, cohort_id: str) -> int:
        """How many groups of the draft are new."""
        ...

    async def replace_drafts(self, cohort_id: str, groups: Sequence[GroupRecord]) -> None:
        """Put these in place of the cohort's draft groups; proposals for published groups are dropped."""
        ...

    async def put_group(self, group: GroupRecord) -> None:
        """Save a group."""
        ...

    async def publish_groups(self, cohort_id: str) -> None:
        """Make draft groups published ones (version 1); mark them, and those with a proposal, as not `told`."""
        ...


class UntoldGroups(Protocol):
    """Published groups whose events have not been published yet."""

    async def telling(self, cohort_id: str) -> bool:
        """Whether the cohort has such groups."""
        ...

    async def untold(self, limit: int) -> list[GroupRecord]:
        """The next such groups of all cohorts, by cohort and number; marks them as `told`."""
        ...
