"""Facts of other services that this one keeps, to know whom to write to and what about."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from services.notifications.domain import words
from services.notifications.domain.kit import KIT, Spec
from shared.events.people import ContactCard
from shared.events.programmes_parts import ProgrammeState
from shared.events.template import Activity, ProgrammeTemplate, ReportSpec
from shared.template import Template
from shared.template.activities import Activity as WholeActivity
from shared.template.references import SCOPES
from shared.template.resolving import roles_named


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Programme(_Kept):
    """A programme: its name, who runs it, and what its template says: as release 0.1.0 has it, or as `whole`."""

    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: ProgrammeTemplate | None = None
    whole: Template | None = Field(None, description="in the language of templates")
    themes: dict[str, str] = Field({}, description="activity -> the theme that a poll chose for it, in words")
    state: ProgrammeState = "running"
    version: int = 0

    @property
    def mails(self) -> tuple[Spec, ...]:
        """The routing to mails of the kit."""
        return self.template.mails if self.template else KIT

    @property
    def pair(self) -> tuple[str, ...]:
        """The people of a school who attend every visit."""
        if self.template:
            return self.template.enrolment.pair
        if self.whole is None:
            return ()
        visiting = [who for activity in self.whole.activities if activity.kind == "visit" for who in activity.who]
        return roles_named(visiting, self.whole, {*SCOPES} - {"host", "guest"})

    @property
    def activities(self) -> tuple[Activity | WholeActivity, ...]:
        """What people are invited to."""
        if self.template:
            return self.template.activities
        return self.whole.activities if self.whole else ()

    def title(self, role: str) -> str:
        """A role in words: the template's own, where it declares them."""
        declared = next((one for one in self.whole.roles if one.key == role), None) if self.whole else None
        return (declared.title or declared.key) if declared else words.role_title(role)

    @property
    def reports(self) -> tuple[ReportSpec, ...]:
        """The reports that are compiled."""
        return self.template.reports if self.template else ()


class Member(_Kept):
    """A person with their role in an enrolment."""

    person_id: str
    role: str


class School(_Kept):
    """A school in a programme, with its people."""

    enrolment_id: str
    programme_id: str
    school_id: str
    name: str
    town: str = ""
    postcode: str = ""
    people: tuple[Member, ...] = ()
    withdrawn: bool = False
    version: int = 1

    @property
    def place(self) -> str:
        """Where it is, for a calendar."""
        return ", ".join(part for part in (self.name, self.town, self.postcode) if part)


class ProgrammeRole(_Kept):
    """A person's role in a programme, at a school where there is one."""

    programme_id: str
    person_id: str
    role: str
    school_id: str | None = None


class Group(_Kept):
    """A group of a published cohort."""

    group_id: str
    cohort_id: str
    programme_id: str
    number: int
    school_ids: tuple[str, ...]
    version: int = 1


class LastReply(_Kept):
    """The last answer of a person's calendar to an invitation. ``seen``: keys of the messages taken."""

    sequence: int
    stamped: dt.datetime
    seen: tuple[str, ...] = ()


Card = ContactCard
