"""The programme template as data: it says what happens, services carry it out and hold no programme of their own.

Part of the contract because `ProgrammeOpened` carries the validated template whole. Written as YAML, read by
`programmes`.
"""

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from shared.events.base import Fact
from shared.events.people import Role


class MonthDay(Fact):
    """A day of the academic year: September to December fall in its first calendar year, the rest in its second."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)

    def within(self, first_year: int) -> dt.date:
        """The date in the academic year that starts in September of `first_year`."""
        return dt.date(first_year if self.month >= 9 else first_year + 1, self.month, self.day)


class Window(Fact):
    """From one day of the academic year to another, both included."""

    first: MonthDay
    last: MonthDay


class Topic(Fact):
    """An entry of the controlled list of improvement areas."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str


class EnrolmentRules(Fact):
    """Who enrols with what."""

    opens: MonthDay
    closes: MonthDay
    people: tuple[Role, ...] = Field(description="roles that every school must name")
    optional_people: tuple[Role, ...] = ()
    pair: tuple[Role, ...] = Field(description="the people who attend every visit")
    topics: tuple[Topic, ...]
    strengths: tuple[int, int] = Field((1, 5), description="least and most strengths")
    needs: tuple[int, int] = Field((1, 5), description="least and most needs")
    travel_km: float = Field(40.0, gt=0, description="farthest travel where a school names none")

    @model_validator(mode="after")
    def _pair_enrols(self) -> "EnrolmentRules":
        missing = [role for role in self.pair if role not in self.people]
        if missing:
            raise ValueError(f"the pair names {', '.join(missing)}, which `people` does not ask for")
        return self


class MatchingWeights(Fact):
    """Weights of the soft terms.

    f = coverage * sum c_i + weakest * |g| * min c_i + sum_i mean_j (diversity + travel)

    `both_ways` steers the search and is no part of the score: what each school that would only give, or only receive,
    counts against a group.
    """

    coverage: float = Field(0.50, ge=0, le=1)
    weakest: float = Field(0.25, ge=0, le=1)
    diversity: float = Field(0.15, ge=0, le=1)
    travel: float = Field(0.10, ge=0, le=1)
    both_ways: float = Field(0.25, ge=0, le=1)


class MatchingRules(Fact):
    """How schools are matched."""

    kind: Literal["groups"] = "groups"
    sizes: tuple[int, ...] = (3, 4)
    weights: MatchingWeights = MatchingWeights.model_construct()
    phases_apart: tuple[tuple[str, str], ...] = (("primary", "secondary"),)
    same_trust_allowed: bool = False
    same_federation_allowed: bool = False
    islands: tuple[str, ...] = Field((), description="codes of authorities across the water from all others")
    regions: Literal["mixed", "near"] = "mixed"
    review_before_publishing: bool = True


class Activity(Fact):
    """Something dated: an event for the whole cohort, or a visit day at each school of a group."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: Literal["cohort-event", "visit"]
    title: str
    purpose: str = ""
    window: Window
    starts: dt.time
    ends: dt.time
    attendees: tuple[Role, ...] = Field(description="roles invited; for a visit: of every school in the group")
    facilitated: bool = False
    place: str = Field("", description="where a cohort event is held")

    @model_validator(mode="after")
    def _ends_later(self) -> "Activity":
        if self.ends <= self.starts:
            raise ValueError(f"activity {self.key} ends at {self.ends}, before it starts at {self.starts}")
        return self


class SchedulingRules(Fact):
    """How dates are chosen and changed."""

    spacing_working_days: int = Field(10, ge=0)
    notice_working_days: int = Field(
        10, ge=0, description="dates nearer than this are frozen; a decline goes to the coordinator"
    )
    preferred_weekdays: tuple[int, ...] = Field((3, 4), description="0 Monday .. 6 Sunday")
    answer_reminders_days: tuple[int, ...] = Field(
        (5, 10), description="days after the invitation on which the unanswered are reminded"
    )
    brief_due_days: int = Field(
        15, description="days before a visit on which the host's brief is asked for again if missing"
    )
    publish_needs_coordinator: bool = True


class FormField(Fact):
    """One question of a form."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    hint: str = ""
    kind: Literal["text", "lines", "actions", "evidence", "agreement"] = "text"
    required: bool = True
    longest: int = Field(5000, description="most characters")


class FormSpec(Fact):
    """A form: who fills it in, about what, and its questions."""

    key: Literal["visit-brief", "attendance", "appraisal", "take-home", "survey", "findings"]
    title: str
    intro: str = ""
    by: tuple[Role, ...]
    fields: tuple[FormField, ...] = ()


class ReportSpec(Fact):
    """A report: what triggers it and which roles get it by mail."""

    key: Literal["action-plan", "appraisal", "impact"]
    title: str
    after: Literal["findings", "appraisal", "coordinator"]
    to: tuple[Role, ...]


class MailSpec(Fact):
    """Which mail goes to whom when something happened. `on` is an event's class name."""

    on: str
    template: str
    to: tuple[Role, ...]
    essential: bool = True


class ProgrammeTemplate(Fact):
    """The declaration of a kind of programme."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: int = Field(ge=1)
    title: str
    summary: str
    enrolment: EnrolmentRules
    matching: MatchingRules
    scheduling: SchedulingRules = SchedulingRules.model_construct()
    activities: tuple[Activity, ...]
    forms: tuple[FormSpec, ...]
    reports: tuple[ReportSpec, ...]
    mails: tuple[MailSpec, ...]
    findings_asked: MonthDay = Field(description="when each pair is asked for its findings")
    findings_due: MonthDay
    smallest_shown: int = Field(5, ge=2, description="impact figures of fewer answers are not shown")
    timezone: str = "Europe/London"

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "ProgrammeTemplate":
        declared: tuple[tuple[str, list[str]], ...] = (
            ("activity", [a.key for a in self.activities]),
            ("form", [f.key for f in self.forms]),
            ("report", [r.key for r in self.reports]),
            ("topic", [t.key for t in self.enrolment.topics]),
        )
        for what, keys in declared:
            twice = {key for key in keys if keys.count(key) > 1}
            if twice:
                raise ValueError(f"{what} {', '.join(sorted(twice))} is declared twice")
        return self
