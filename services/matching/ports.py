"""What the handlers need of the outside world. `store` is MongoDB; calls join the unit of work's transaction."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.matching.domain.records import (
    CohortRecord,
    EnrolmentRecord,
    GroupRecord,
    OptionRecord,
    PinsRecord,
    ProgrammeRecord,
)

__all__ = ["Cohorts", "Drafts", "Enrolments", "Stores"]


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


class Drafts(Protocol):
    """What is kept of drafts while they are worked out or chosen among."""

    async def progress(self, cohort_id: str, revision: int) -> float | None:
        """How far a draft has got."""
        ...

    async def put_progress(self, cohort_id: str, revision: int, share: float) -> None:
        """Save how far."""
        ...

    async def option(self, cohort_id: str, number: int) -> OptionRecord | None:
        """A point of the curve with its draft."""
        ...

    async def put_options(self, cohort_id: str, options: Sequence[OptionRecord]) -> None:
        """Put these in place of the cohort's options."""
        ...


class Stores(Protocol):
    """All of them."""

    @property
    def enrolments(self) -> Enrolments:
        """What others told."""
        ...

    @property
    def cohorts(self) -> Cohorts:
        """What matching decided."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What drafts leave behind."""
        ...
