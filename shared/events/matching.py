"""What `matching` publishes: cohorts and their groups."""

from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact


class Waiting(Fact):
    """A school without a group, and the rule that leaves it so."""

    school_id: str
    rule: str


class Blocked(Fact):
    """A rule that keeps a cohort from forming, and the schools concerned."""

    rule: str
    school_ids: tuple[str, ...] = ()
    sentence: str = ""


class MatchingStarted(Event):
    """A draft is being worked out; `CohortDrafted` or `CohortFormationFailed` follows for this revision."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int
    schools: int
    seed: int
    keeping: float | None = Field(None, description="what a relationship kept counts; not given: the usual")
    curve: bool = Field(False, description="several drafts to choose from are worked out")
    least: bool = Field(False, description="only what must change is changed")


class MatchingProgressed(Event):
    """A draft that takes a while has got so far. `version` counts tenths, so there are at most ten a draft."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "draft_id"
    draft_id: str
    cohort_id: str
    programme_id: str
    revision: int
    share: float = Field(ge=0, le=1)


class MatchingCancelled(Event):
    """The coordinator has stopped a draft, or dropped that of a re-match: no `CohortDrafted` follows for it."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int


class CohortDrafted(Event):
    """A cohort awaits review; no school is informed."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int
    groups: int
    waiting: tuple[Waiting, ...] = ()


class CohortFormed(Event):
    """A cohort is published. `GroupFormed` follows once a group; `groups` says how many."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int
    groups: int
    schools: int
    waiting: tuple[Waiting, ...] = ()
    score: float


class CohortRematched(Event):
    """A published cohort goes on in other groups.

    `GroupChanged` follows for each of `changed` groups (without schools: it is dissolved), `GroupFormed` for new ones.
    """

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "cohort_id"
    cohort_id: str
    programme_id: str
    revision: int
    groups: int
    schools: int
    changed: int
    formed: int
    waiting: tuple[Waiting, ...] = ()
    score: float


class GroupFormed(Event):
    """One group of a published cohort."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "group_id"
    group_id: str
    cohort_id: str
    programme_id: str
    revision: int
    number: int
    school_ids: tuple[str, ...]


class GroupChanged(Event):
    """A published group goes on with other schools. Fewer than 3 left: `needs_coordinator`."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "group_id"
    group_id: str
    cohort_id: str
    programme_id: str
    school_ids: tuple[str, ...]
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    needs_coordinator: bool = False


class CohortFormationFailed(Event):
    """No cohort can be formed; `blocking` names why."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "programme_id"
    programme_id: str
    blocking: tuple[Blocked, ...]
    sentence: str
