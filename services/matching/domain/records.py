"""What matching keeps, as it keeps it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from services.matching.domain.schools import School
from services.matching.domain.terms import NO_LIMIT, Terms, terms_of
from services.matching.domain.waiting import FEWEST
from shared.events.programmes import SchoolFacts, TopicWeight
from shared.events.template import ProgrammeTemplate

__all__ = ["BlockedRecord", "CohortRecord", "EnrolmentRecord", "GroupRecord", "PersonRecord", "Record"]
__all__ += ["OptionRecord", "PointRecord", "ProgrammeRecord", "Proposal", "WaitingRecord"]

State = Literal["matching", "draft", "published", "failed"]


class Record(BaseModel):
    """A frozen record; fields it has not yet take their defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ProgrammeRecord(Record):
    """A programme that groups schools, and how.

    `by_roster`: who takes part is known from the roster, not from enrolments. `reopened`, `closed`: the programme's
    versions when enrolment was last opened again, and closed after that.
    """

    programme_id: str
    terms: Terms
    by_roster: bool = False
    reopened: int = 0
    closed: int = 0

    @model_validator(mode="before")
    @classmethod
    def _stored_with_its_template(cls, data: dict[str, Any]) -> dict[str, Any]:
        if "terms" in data:
            return data
        return {**data, "terms": terms_of(ProgrammeTemplate.model_validate(data["template"]))}

    @property
    def enrolling_again(self) -> bool:
        """Whether enrolment is open although it had closed: schools may still come."""
        return self.reopened > self.closed

    def publishes(self, cohort: CohortRecord) -> bool:
        """Whether a first draft is published without a review."""
        reviewed = self.enrolling_again or self.terms.reviewed
        return cohort.state == "draft" and not cohort.published and not reviewed


class PersonRecord(Record):
    """A person's role in an enrolment."""

    person_id: str
    role: str


class EnrolmentRecord(Record):
    """A school's part in a programme, as far as matching depends on it.

    `farthest_travel_km`: None where the school says nothing of it. `people_known`: the version up to which its people
    are known; 0 where it was stored before they were kept.
    """

    enrolment_id: str
    programme_id: str
    version: int
    school: SchoolFacts
    strengths: tuple[TopicWeight, ...] = ()
    needs: tuple[TopicWeight, ...] = ()
    farthest_travel_km: float | None = 40.0
    not_with: tuple[str, ...] = ()
    withdrawn: bool = False
    closed: bool = False
    people: tuple[PersonRecord, ...] = ()
    people_known: int = 0

    def attending(self, terms: Terms) -> tuple[tuple[str, str], ...]:
        """Id and role, as people read it, of those who come to every visit."""
        return tuple(
            (one.person_id, terms.roles.get(one.role, one.role)) for one in self.people if one.role in terms.attending
        )

    def as_school(
        self,
        before: frozenset[str] = frozenset(),
        people: tuple[tuple[str, str], ...] = (),
        farthest: float = NO_LIMIT,
    ) -> School:
        """The school as the rules see it; `before`: ids of those it was grouped with; `people`: who come to visits.

        `farthest`: kilometres for a school that says nothing of them.
        """
        facts = self.school
        known = facts.easting is not None and facts.northing is not None
        return School(
            id=facts.school_id,
            urn=facts.urn,
            name=facts.name,
            phase=facts.phase,
            trust=facts.trust_id or facts.trust or "",
            authority=facts.authority_code or facts.authority,
            area=facts.authority or facts.authority_code,
            region=facts.region,
            place=(float(facts.easting or 0), float(facts.northing or 0)) if known else None,
            pupils=facts.pupils,
            fsm=None if facts.fsm_percent is None else facts.fsm_percent / 100,
            needs=tuple((need.topic, float(need.weight)) for need in self.needs),
            strengths=tuple((strength.topic, float(strength.weight)) for strength in self.strengths),
            farthest=farthest if self.farthest_travel_km is None else self.farthest_travel_km,
            apart=frozenset(self.not_with),
            grouped_before=before,
            people=people,
            closed=self.closed,
            federation=facts.federation or "",
        )

    def says_the_same(self, other: EnrolmentRecord) -> bool:
        """Whether matching depends on nothing in which the two differ."""
        return self.model_copy(update={"version": other.version, "people_known": other.people_known}) == other

    def replaced(self, role: str, by: str, version: int) -> EnrolmentRecord:
        """The enrolment after somebody else has taken over a role."""
        others = tuple(one for one in self.people if one.role != role)
        people = (*others, PersonRecord(person_id=by, role=role))
        return self.model_copy(update={"people": people, "version": version, "people_known": version})


class WaitingRecord(Record):
    """A school without a group, and why."""

    school_id: str
    rule: str
    sentence: str


class BlockedRecord(Record):
    """A rule that keeps the cohort from forming."""

    rule: str
    school_ids: tuple[str, ...] = ()
    sentence: str


class PointRecord(Record):
    """A point of the curve of a re-match; see `domain.relationships.Point`."""

    keeping: float | None
    ended: int
    moved: int
    waiting: int
    score: float


class CohortRecord(Record):
    """A cohort and what its latest draft came to.

    `started`: when its first draft was asked for; `published`: the revision published, 0 while there is none;
    `estimated`: places taken from a school's area; `chosen`: number of the curve's point that the draft is;
    `before`: the published cohort, while it is matched again.
    """

    cohort_id: str
    programme_id: str
    revision: int
    version: int
    state: State
    started: str = ""
    seed: int = 1
    groups: int = 0
    schools: int = 0
    waiting: tuple[WaitingRecord, ...] = ()
    blocking: tuple[BlockedRecord, ...] = ()
    sentence: str = ""
    parts: dict[str, float] = {}
    score: float = 0.0
    minimum: float = 0.0
    p5: float = 0.0
    median: float = 0.0
    engine: str = ""
    seconds: float = 0.0
    bound: float | None = None
    bound_kind: str = ""
    estimated: dict[str, tuple[float, float]] = {}
    published: int = 0
    curve: tuple[PointRecord, ...] = ()
    chosen: int = 0
    middle_price: float | None = None
    before: CohortRecord | None = None

    @model_validator(mode="before")
    @classmethod
    def _published_before_this_was_kept(cls, data: dict[str, Any]) -> dict[str, Any]:
        unmarked = data.get("state") == "published" and "published" not in data
        return {**data, "published": data["revision"]} if unmarked else data

    def again(self) -> CohortRecord:
        """As it was when it was published, with the version and revision of now."""
        kept = {"revision": self.revision, "version": self.version, "state": "published"}
        return (self.before or self).model_copy(update=kept)

    def with_waiting(self, waits: WaitingRecord) -> CohortRecord:
        """With one more school that waits, also as it was published."""
        others = self.without_waiting(waits.school_id)
        before = others.before and others.before.with_waiting(waits)
        return others.model_copy(update={"waiting": (*others.waiting, waits), "before": before})

    def without_waiting(self, school_id: str) -> CohortRecord:
        """Without a school that waits no more, also as it was published."""
        before = self.before and self.before.without_waiting(school_id)
        waiting = tuple(one for one in self.waiting if one.school_id != school_id)
        return self.model_copy(update={"waiting": waiting, "before": before})


class Proposal(Record):
    """How a published group is to change; without schools it is dissolved. `prices`: dual prices of its schools."""

    school_ids: tuple[str, ...] = ()
    middle: tuple[float, float] = (0.0, 0.0)
    prices: dict[str, float] = {}


class GroupRecord(Record):
    """A group.

    `ever`: all schools that were in it since it was published; `middle`: the centre of its places, metres; `held`: a
    visit took place; `told`: its event is published; `proposed`: how it is to change, while that is a draft or not yet
    told; `prices`: dual prices of its schools.
    """

    group_id: str
    cohort_id: str
    programme_id: str
    revision: int
    number: int
    school_ids: tuple[str, ...]
    ever: tuple[str, ...] = ()
    middle: tuple[float, float] = (0.0, 0.0)
    version: int = 0
    state: Literal["draft", "published"] = "draft"
    told: bool = False
    held: bool = False
    proposed: Proposal | None = None
    prices: dict[str, float] = {}

    @property
    def frozen(self) -> bool:
        """Whether it stays as it is: a visit took place, and it has enough schools."""
        return self.held and len(self.school_ids) >= FEWEST

    @property
    def members(self) -> tuple[str, ...]:
        """The schools as the draft or, without one, the published group has them."""
        return self.proposed.school_ids if self.proposed else self.school_ids

    @property
    def scarcity(self) -> dict[str, float]:
        """The prices of those."""
        return self.proposed.prices if self.proposed else self.prices

    @property
    def where(self) -> tuple[float, float]:
        """The middle of those."""
        return self.proposed.middle if self.proposed else self.middle


class OptionRecord(Record):
    """A point of the curve with the draft behind it: the cohort as it would be, and its groups' schools."""

    cohort_id: str
    number: int
    outcome: CohortRecord
    groups: tuple[Proposal, ...]
