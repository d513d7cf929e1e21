"""What has happened in a round so far, as the people in it know it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from kindred.demo.cast import Joining
from shared.commands.matching import CohortDetail
from shared.commands.programmes_queries import EnrolmentRow, PersonRow
from shared.commands.scheduling import CohortEventDetail, VisitDetail
from shared.events.people import Role
from shared.events.template import ProgrammeTemplate

Mail = tuple[str, str, str]
"""A mail that must arrive: its kind, whom it goes to, what it is about."""


@dataclass
class Story:
    """Everything to be remembered."""

    now: dt.datetime | None = None
    first_year: int = 0
    programme_id: str = ""
    programme: str = ""
    template: ProgrammeTemplate | None = None
    joining: list[Joining] = field(default_factory=list)
    enrolments: dict[str, EnrolmentRow] = field(default_factory=dict)
    people: dict[str, PersonRow] = field(default_factory=dict)
    cohort: CohortDetail | None = None
    visits: dict[str, VisitDetail] = field(default_factory=dict)
    events: dict[str, CohortEventDetail] = field(default_factory=dict)
    expected: Counter[Mail] = field(default_factory=Counter)
    silent: set[tuple[str, str]] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    forgetful: set[str] = field(default_factory=set)
    briefed: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    absent: set[tuple[str, str]] = field(default_factory=set)
    findings_asked: bool = False
    slow: set[str] = field(default_factory=set)
    reports: dict[str, int] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def name(self, person_id: str) -> str:
        """Somebody's name."""
        row = self.people.get(person_id)
        return row.name if row else person_id

    def at(self, school_id: str, *roles: Role) -> list[str]:
        """The ids of a school's people in these roles."""
        row = self.enrolments.get(school_id)
        return [person.person_id for person in row.people if person.role in roles] if row else []

    def coordinator(self) -> str:
        """Who runs the programme."""
        return next(row.person_id for row in self.people.values() if row.role == "coordinator")

    def expect(self, template: str, people: list[str], target_id: str = "") -> None:
        """From now on one more mail of this kind to each of these people must have arrived."""
        self.expected.update((template, person_id, target_id) for person_id in people)

    def school(self, school_id: str) -> str:
        """A school's name."""
        row = self.enrolments.get(school_id)
        return row.school.name if row else school_id

    def topic(self, school_id: str) -> str:
        """What a school is good at, as its title."""
        row = self.enrolments.get(school_id)
        key = row.strengths[0].topic if row else ""
        topics = self.template.enrolment.topics if self.template else ()
        return next((topic.title for topic in topics if topic.key == key), "teaching")
