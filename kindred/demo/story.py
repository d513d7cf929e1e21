"""What has happened in a round so far, as the people in it know it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from kindred.demo.cast import Joining
from shared.commands.matching import CohortDetail
from shared.commands.programmes_queries import EnrolmentRow, PersonRow
from shared.commands.scheduling import CohortEventDetail, VisitDetail
from shared.events.people import Role
from shared.template import Template

Mail = tuple[str, str, str]
"""A mail that must arrive: its kind, whom it goes to, what it is about."""


@dataclass
class Story:
    """Everything to be remembered."""

    now: dt.datetime | None = None
    first_year: int = 0
    programme_id: str = ""
    programme: str = ""
    template: Template | None = None
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
    lists: dict[str, str] = field(default_factory=dict)
    """Person -> the link to their list of what they owe."""
    lists_on: set[dt.date] = field(default_factory=set)
    """Mondays on which lists go out of which something is to be done."""
    did: Counter[str] = field(default_factory=Counter)
    """Task -> how often it was done from a list."""
    answered: set[str] = field(default_factory=set)
    """Offers of help that the host has answered, by their entries."""
    unsaid: str = ""
    """The school whose head says nothing of its findings."""
    in_touch: set[str] = field(default_factory=set)
    """Who lets their group have their address."""
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

    def others(self, person_id: str, *roles: Role) -> list[str]:
        """The people in these roles at the schools of somebody's group, without them."""
        school = next(key for key, row in self.enrolments.items() for one in row.people if one.person_id == person_id)
        groups = self.cohort.groups if self.cohort else ()
        group = next(one for one in groups if school in one.school_ids)
        return [one for key in group.school_ids for one in self.at(key, *roles) if one != person_id]

    def school(self, school_id: str) -> str:
        """A school's name."""
        row = self.enrolments.get(school_id)
        return row.school.name if row else school_id

    def topic(self, school_id: str) -> str:
        """What a school is good at, as its title."""
        row = self.enrolments.get(school_id)
        key = row.strengths[0].topic if row else ""
        topics = self.template.entries("topics") if self.template else ()
        return next((topic.title for topic in topics if topic.key == key), "teaching")
