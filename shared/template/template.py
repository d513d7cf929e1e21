"""The whole declaration of a kind of programme."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.activities import Activity
from shared.template.clock import Clock
from shared.template.forms import Form
from shared.template.kinds import NEIGHBOURS, TOGETHER
from shared.template.mails import Mail
from shared.template.people import Categories, Membership, Participation, Party, Relation, Role
from shared.template.polls import Poll
from shared.template.reports import Report
from shared.template.rounds import Round
from shared.template.tasks import Task
from shared.template.words import Declared, Entry, Key


class Enrolment(Fact):
    """What a school says of itself when it enrols, beside its people."""

    strengths: tuple[int, int] | None = Field(None, description="least and most strengths; none: not asked")
    needs: tuple[int, int] | None = Field(None, description="least and most needs; none: not asked")
    travel_km: float | None = Field(None, gt=0, description="farthest travel where a school names none; none: no limit")


class ListEntry(Entry):
    """An entry of a list; in a rubric with what each stage looks like."""

    descriptors: tuple[str, ...] = Field((), description="in a rubric: what each stage looks like, in their order")


class Listed(Declared):
    """A list of the template's own: topics, leadership skills, strands; with `stages` a rubric."""

    title: str = ""
    stages: tuple[Entry, ...] = Field((), description="the levels by which each entry is judged, the lowest first")
    entries: tuple[ListEntry, ...] = Field(description="in the order in which they are shown")


class Template(Declared):
    """The declaration of a kind of programme. `version` rises with every change of content."""

    version: int = Field(ge=1, description="rises with every change of content")
    title: str
    summary: str = Field(description="two or three sentences for a school that thinks about joining")
    timezone: str = Field("Europe/London", description="in which its times of day are meant")
    payments: str = Field(
        "none",
        description="`none`: no step, page or mail speaks of money; `reminded`: tasks with `pays` do, and no more",
    )
    party: Party = Field(Party.model_construct(), description="what takes part")
    roles: tuple[Role, ...] = Field(description="who somebody is")
    relations: tuple[Relation, ...] = Field((), description="how people stand to each other")
    membership: Membership = Field(Membership.model_construct(), description="joining part-way and leaving")
    clock: Clock = Field(description="years, moments and windows")
    lists: tuple[Listed, ...] = Field((), description="lists of its own, such as topics")
    categories: Categories | None = Field(None, description="in which category a school stands")
    participation: Participation = Field(
        Participation.model_construct(), description="how a school says that it takes part"
    )
    enrolment: Enrolment = Field(Enrolment.model_construct(), description="what a school says of itself")
    matching: tuple[Round, ...] = Field((), description="rounds of matching")
    activities: tuple[Activity, ...] = Field((), description="everything dated")
    forms: tuple[Form, ...] = Field((), description="what is asked")
    polls: tuple[Poll, ...] = Field((), description="what people name is weighed, and one of it chosen")
    tasks: tuple[Task, ...] = Field((), description="who owes what by when")
    reports: tuple[Report, ...] = Field((), description="what is compiled")
    mails: tuple[Mail, ...] = Field((), description="mails in its own words")

    @property
    def has_parties(self) -> bool:
        """Whether some of its schools stand together: in trusts or partnerships, on a shared place, or in training."""
        shares = any(one.kind == NEIGHBOURS for one in self.matching)
        return self.party.kind in TOGETHER or bool(self.party.together) or shares

    def form(self, key: Key) -> Form | None:
        """The form with that key."""
        return next((form for form in self.forms if form.key == key), None)

    def activity(self, key: Key) -> Activity | None:
        """The activity with that key."""
        return next((activity for activity in self.activities if activity.key == key), None)

    def rubric(self, key: Key) -> Listed | None:
        """The list with that key whose entries are judged by stages."""
        return next((listed for listed in self.lists if listed.key == key and listed.stages), None)

    def entries(self, key: Key) -> tuple[ListEntry, ...]:
        """The entries of the list with that key; empty where there is none."""
        return next((listed.entries for listed in self.lists if listed.key == key), ())

    def roles_of(self, key: Key) -> tuple[Key, ...]:
        """The roles behind a name: those of a set, or the one role itself."""
        role = next((role for role in self.roles if role.key == key), None)
        return role.of if role and role.of else (key,)
