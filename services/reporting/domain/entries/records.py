"""An entry as it is kept: the text that is being worked on, what was submitted, and how it stands."""

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from services.reporting.domain.facts import Record
from services.reporting.domain.ids import derived
from shared.events.programmes_parts import ProgrammeOpened, ProgrammeState
from shared.template import Form, Template
from shared.template.answers import Answer
from shared.template.pauses import Pause

State = Literal["draft", "submitted", "changes-asked", "agreed", "released", "withdrawn"]


class EngineProgramme(Record):
    """A programme with the template that it was opened with. `moments`: of its clock, the days on which they came."""

    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: Template
    moments: dict[str, dt.date] = Field({})
    version: int
    state: ProgrammeState = "recruiting"
    pauses: tuple[Pause, ...] = ()

    @property
    def still(self) -> bool:
        """Whether it stands still or is over, so that nobody is chased for anything."""
        return self.state not in {"recruiting", "running"}

    @property
    def over(self) -> bool:
        """Whether it has been brought to its end."""
        return self.state in {"completed", "archived"}

    @classmethod
    def of(cls, event: ProgrammeOpened) -> "EngineProgramme":
        """Keep an opened programme."""
        return cls.model_validate(event.model_dump())

    def local_day(self, at: dt.datetime) -> dt.date:
        """The date at this moment where the programme runs."""
        return at.astimezone(ZoneInfo(self.template.timezone)).date()

    def morning(self, day: dt.date) -> dt.datetime:
        """Eight o'clock on that day where the programme runs."""
        return dt.datetime.combine(day, dt.time(8), ZoneInfo(self.template.timezone))


class Written(Record):
    """What somebody wrote into a field while somebody else wrote something else there."""

    person_id: str
    value: Answer


class DraftField(Record):
    """A field of the draft, as typed. `revision`: the draft's when it last changed; `others` were not taken."""

    value: Answer
    person_id: str
    revision: int
    others: tuple[Written, ...] = ()


class SubmittedVersion(Record):
    """The answers as they were submitted, for good. `wording`: the version of the template that they answer."""

    entry_id: str
    number: int
    person_id: str
    at: dt.datetime
    wording: int
    answers: dict[str, Answer]


class ChangesRequest(Record):
    """Somebody wants version `number` changed, in their own words."""

    person_id: str
    at: dt.datetime
    number: int
    text: str


class AnsweredLine(Record):
    """How a line of an entry was answered, by whom, and why not where it is not possible."""

    outcome: str
    because: str = ""
    person_id: str
    at: dt.datetime


class PlanLine(Record):
    """A line of an action plan as it stands; `written`: what its row said when it was last submitted.

    `owner_id` is empty where nobody knows who that is; `awaited`: because somebody has still to say whose the address
    is. `school_id`: the school whose plan it is.
    """

    line_id: str
    field: str
    row: int
    what: str
    due: dt.date | None = None
    owner: str = ""
    address: str = ""
    owner_id: str = ""
    awaited: bool = False
    school_id: str = ""
    status: str = ""
    written: dict[str, str] = Field({})
    changed_at: dt.datetime | None = None


class Introduced(Record):
    """Somebody whom an entry introduces to the others of them; `willing`: what they have said, or None."""

    line_id: str
    field: str
    name: str
    address: str
    person_id: str = ""
    willing: bool | None = None


class Entry(Record):
    """What is filled in about one thing, by one person or by several together.

    `draft` is what its authors see and go on with; `submitted` is what everybody else sees. `version` counts events.
    Where each of several agrees, `agreements` are those who have; `silent`: who had said nothing when it was agreed.
    `introduced`: who is introduced to one another; `introduction`: how that stands, empty where the form introduces
    nobody.
    """

    entry_id: str
    programme_id: str
    form: str
    about: str
    about_id: str
    school_id: str | None = None
    author_ids: tuple[str, ...] = ()
    state: State = "draft"
    draft: dict[str, DraftField] = Field({})
    revision: int = 0
    submitted: SubmittedVersion | None = None
    plan: tuple[PlanLine, ...] = ()
    answered: dict[str, AnsweredLine] = Field({})
    changes: tuple[ChangesRequest, ...] = ()
    agreed_by: str = ""
    agreements: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    coordinator_asked: bool = False
    reader_ids: tuple[str, ...] = ()
    introduced: tuple[Introduced, ...] = ()
    introduction: Literal["", "awaited", "asked", "introduced", "ended"] = ""
    introduced_until: dt.date | None = None
    findings_version: int = 0
    wording: int
    version: int = 0
    changed_at: dt.datetime

    @property
    def number(self) -> int:
        """How often it was submitted."""
        return self.submitted.number if self.submitted else 0

    @property
    def counts(self) -> bool:
        """Whether it was agreed to, or needs nobody."""
        return self.state in {"agreed", "released"}

    @property
    def stands(self) -> bool:
        """Whether it was submitted and not withdrawn."""
        return self.submitted is not None and self.state not in {"draft", "withdrawn"}

    def typed(self) -> dict[str, Answer]:
        """The draft's answers as typed."""
        return {key: field.value for key, field in self.draft.items()}


def entry_id(programme_id: str, form: Form, about_id: str, person_id: str, another: str) -> str:
    """Id of an entry: one about a thing where people write together, else one each.

    `another` tells several apart, where there may be several or where the form comes again.
    """
    whose = "" if form.together else person_id
    return derived("ent", programme_id, form.key, about_id, whose, another if form.many or form.repeat else "")
