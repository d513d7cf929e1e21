"""What may be asked of `matching`: cohorts, their groups and the reasons for them."""

from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Query, Reply


class PublishCohort(Command):
    """Make the reviewed draft the cohort. Refused if `revision` is not the latest draft."""

    service: ClassVar[str] = "matching"
    cohort_id: str
    revision: int


class RematchCohort(Command):
    """Draft again, with the pins and enrolments as they are now; the seed may be named.

    Relationships of the groups as they are count `keeping` each; groups with a visit held stay as they are. With
    `curve`, several drafts between the least change and a match from scratch are worked out to choose from.
    """

    service: ClassVar[str] = "matching"
    programme_id: str
    seed: int | None = None
    keeping: float | None = Field(None, ge=0, le=1, description="what a kept relationship counts; 0 keeps nothing")
    curve: bool = False
    least: bool = Field(False, description="only what must change, and schools that came late; no search")


class ChooseRematch(Command):
    """Make a point of the curve the draft. Refused if `revision` is not the latest draft."""

    service: ClassVar[str] = "matching"
    programme_id: str
    revision: int
    point: int = Field(ge=1, le=20)


class CancelMatching(Command):
    """Stop working out a draft, or drop the draft of a re-match; a published cohort stays as it was."""

    service: ClassVar[str] = "matching"
    programme_id: str


class PinSchools(Command):
    """Keep schools together or apart (or take that back); counts from the next draft."""

    service: ClassVar[str] = "matching"
    programme_id: str
    urns: tuple[int, ...] = Field(min_length=2, max_length=4)
    how: Literal["together", "apart", "free"]


class PinRow(Reply):
    """Two schools that the coordinator keeps together or apart."""

    urns: tuple[int, int]
    names: tuple[str, str]
    how: Literal["together", "apart"]


class PinRows(Reply):
    """All wishes of a programme, those to be together first."""

    pins: tuple[PinRow, ...]


class ListPins(Query):
    """Which schools are kept together or apart."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = PinRows
    programme_id: str


class CohortRow(Reply):
    """A cohort in short."""

    cohort_id: str
    programme_id: str
    revision: int
    state: Literal["matching", "draft", "published", "failed"]
    groups: int
    schools: int
    waiting: int
    score: float
    sentence: str = ""
    progress: float | None = Field(None, description="while a draft is worked out: how much of it is done, 0..1")


class CohortRows(Reply):
    """Cohorts, newest first."""

    cohorts: tuple[CohortRow, ...]


class ListCohorts(Query):
    """Cohorts of a programme, or all."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = CohortRows
    programme_id: str = ""


class GroupRow(Reply):
    """A group with its score and the reasons for it in plain English."""

    group_id: str
    number: int
    school_ids: tuple[str, ...]
    urns: tuple[int, ...]
    names: tuple[str, ...]
    score: float
    parts: dict[str, float] = Field(description="coverage, weakest, diversity, travel: weighted, summing to the score")
    reasons: tuple[str, ...]
    coverage: tuple[float, ...] = Field((), description="of each school, 0..1")
    places: tuple[tuple[float, float] | None, ...] = Field((), description="of each school: easting, northing")
    authorities: tuple[str, ...] = Field((), description="of each school: its local authority's name")
    regions: tuple[str, ...] = Field((), description="of each school; empty where the register names none")
    frozen: bool = Field(False, description="a visit has been held; a re-match leaves the group as it is")


class WaitingRow(Reply):
    """A school without a group: the rule that strands it, and what relaxing would help."""

    school_id: str
    urn: int
    name: str
    rule: str
    sentence: str
    place: tuple[float, float] | None = None
    region: str = ""


class CohortDetail(Reply):
    """A cohort whole. `parts` sum to `score` (mean over schools); minimum and p5 are of coverage per school."""

    cohort: CohortRow
    groups: tuple[GroupRow, ...]
    groups_total: int
    waiting: tuple[WaitingRow, ...]
    parts: dict[str, float]
    minimum: float
    p5: float
    seed: int
    engine: str
    seconds: float
    bound: float | None = None
    bound_kind: str = ""
    blocking: tuple[str, ...] = ()


class ShowCohort(Query):
    """A cohort by its id or its programme's; groups paged."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = CohortDetail
    cohort_id: str = ""
    programme_id: str = ""
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class SchoolReasons(Reply):
    """What one school gets and gives in its group."""

    school_id: str
    urn: int
    name: str
    coverage: float
    gets: tuple[str, ...]
    gives: tuple[str, ...]
    context: tuple[str, ...] = Field(description="travel and diversity, in words")
    standing: str = Field("", description="for the school covered least: how it compares with the programme's median")
    scarcity: str = Field("", description="what one more school like it would add, where that is known")


class GroupReasons(Reply):
    """Why a group is as it is."""

    group: GroupRow
    schools: tuple[SchoolReasons, ...]
    median_coverage: float
    best_swap: str = Field("", description="the best exchange with another group and what it would lose")
    programme_id: str = ""


class WhyGroup(Query):
    """The reasons for a group."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = GroupReasons
    group_id: str


class WhyNotReasons(Reply):
    """Why two schools are not in one group: the rule's name, or what the best exchange would lose."""

    rule: str = ""
    difference: float | None = None
    sentence: str


class WhyNot(Query):
    """Why is school `urn` not with school `other_urn`?"""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = WhyNotReasons
    programme_id: str
    urn: int
    other_urn: int


class CurvePoint(Reply):
    """One way to re-match: what changes for which score. `number` is what `ChooseRematch` names it by."""

    number: int
    keeping: float | None = Field(description="what a kept relationship counted; none: the least repair")
    ended: int = Field(description="relationships that end")
    moved: int = Field(description="schools that change to another group")
    waiting: int
    score: float
    chosen: bool = False


class CurveDetail(Reply):
    """Changes against score, the least change first; empty until a re-match with a curve has been worked out."""

    cohort: CohortRow
    points: tuple[CurvePoint, ...]


class ShowCurve(Query):
    """The curve of the latest re-match."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = CurveDetail
    programme_id: str


class MovedSchool(Reply):
    """A school that would change groups; no group: it would wait, or waited. A new group has the next free number."""

    school_id: str
    urn: int
    name: str
    from_group: int | None = None
    to_group: int | None = None
    new_group: bool = Field(False, description="the group it would go to is founded for it")


class WhatIfDetail(Reply):
    """What a pin would do: the rule against it, or the score it would cost and who would move."""

    rule: str = ""
    difference: float | None = Field(None, description="of the cohort's score")
    moves: tuple[MovedSchool, ...] = ()
    sentence: str


class WhatIf(Query):
    """What would a pin do, with as few other changes as can be? Nothing is saved."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = WhatIfDetail
    programme_id: str
    urns: tuple[int, ...] = Field(min_length=2, max_length=4)
    how: Literal["together", "apart"]
