"""What the handlers need of the outside world. `store` is MongoDB; calls join the unit of work's transaction."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.matching.domain.records import CohortRecord, EnrolmentRecord, GroupRecord, PinsRecord, ProgrammeRecord

__all__ = ["Cohorts", "Enrolments", "Stores"]


class Enrolments(Protocol):
    """What programmes have told: programmes and who takes part; and the coordinator's pins."""

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        ...

    async def put_programme(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        ...

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        ...

    async def put_enrolment(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...

    async def enrolments(self, programme_id: str, schools: Collection[str] | None = None) -> list[EnrolmentRecord]:
        """All enrolments of a programme, withdrawn ones too, or those of some schools; by school."""
        ...

    async def by_urn(self, programme_id: str, urns: Collection[int]) -> list[EnrolmentRecord]:
        """The enrolments in force of these schools."""
        ...

    async def known(self, programme_id: str, enrolment_ids: Collection[str]) -> int:
        """How many of these enrolments (of all, when none is named) have arrived, withdrawn ones counted."""
        ...

    async def pins(self, programme_id: str) -> PinsRecord:
        """The pins of a programme."""
        ...

    async def put_pins(self, pins: PinsRecord) -> None:
        """Save them."""
        ...


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
        """The groups of a cohort by number."""
        ...

    async def group_of(self, cohort_id: str, school_id: str) -> GroupRecord | None:
        """The group a school is in."""
        ...

    async def replace_drafts(self, cohort_id: str, groups: Sequence[GroupRecord]) -> None:
        """Put these in place of the cohort's draft groups."""
        ...

    async def put_group(self, group: GroupRecord) -> None:
        """Save a group."""
        ...

    async def publish_groups(self, cohort_id: str) -> None:
        """Make the drafted groups published ones, none of them told yet."""
        ...

    async def untold(self, limit: int) -> list[GroupRecord]:
        """Published groups that nobody has been told of, by cohort and number; marks them told."""
        ...

    async def grouped_before(self, programme_id: str, schools: Collection[str]) -> dict[str, set[str]]:
        """For each school those it was grouped with in other programmes."""
        ...


class Stores(Protocol):
    """Both."""

    @property
    def enrolments(self) -> Enrolments:
        """What others told."""
        ...

    @property
    def cohorts(self) -> Cohorts:
        """What matching decided."""
        ...
