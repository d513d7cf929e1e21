"""The whole declaration of a kind of programme."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.activities import Activity
from shared.template.clock import Clock
from shared.template.forms import Form
from shared.template.mails import Mail
from shared.template.people import Membership, Participation, Party, Relation, Role
from shared.template.reports import Report
from shared.template.rounds import Round
from shared.template.tasks import Task
from shared.template.words import Declared, Entry, Key


class Enrolment(Fact):
    """What a school says of itself when it enrols, beside its people."""

    strengths: tuple[int, int] | None = Field(None, description="least and most strengths; none: not asked")
    needs: tuple[int, int] | None = Field(None, description="least and most needs; none: not asked")
    travel_km: float | None = Field(None, gt=0, description="farthest travel where a school names none; none: no limit")


class Listed(Declared):
    """A list of the template's own: topics, leadership skills, strands."""

    title: str = ""
    entries: tuple[Entry, ...]


class Template(Declared):
    """The declaration of a kind of programme. `version` rises with every change of content."""

    version: int = Field(ge=1)
    title: str
    summary: str
    timezone: str = "Europe/London"
    payments: str = Field("none", description="`none`: no step, page or mail speaks of money")
    party: Party = Party()
    roles: tuple[Role, ...]
    relations: tuple[Relation, ...] = ()
    membership: Membership = Membership()
    clock: Clock
    lists: tuple[Listed, ...] = ()
    participation: Participation = Participation()
    enrolment: Enrolment = Enrolment()
    matching: tuple[Round, ...] = ()
    activities: tuple[Activity, ...] = ()
    forms: tuple[Form, ...] = ()
    tasks: tuple[Task, ...] = ()
    reports: tuple[Report, ...] = ()
    mails: tuple[Mail, ...] = ()

    def form(self, key: Key) -> Form | None:
        """The form with that key."""
        return next((form for form in self.forms if form.key == key), None)

    def activity(self, key: Key) -> Activity | None:
        """The activity with that key."""
        return next((activity for activity in self.activities if activity.key == key), None)

    def entries(self, key: Key) -> tuple[Entry, ...]:
        """The entries of the list with that key; empty where there is none."""
        return next((listed.entries for listed in self.lists if listed.key == key), ())

    def roles_of(self, key: Key) -> tuple[Key, ...]:
        """The roles behind a name: those of a set, or the one role itself."""
        role = next((role for role in self.roles if role.key == key), None)
        return role.of if role and role.of else (key,)
