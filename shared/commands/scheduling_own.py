"""What people may ask of `scheduling` as themselves: their own part, and of others no more than their mails say.

The queries of coordinators (`ListVisits`, `ListAgreements`, `ListDuties`) hold everybody's answers, who was there, and
why a date is as it is. These here do not, so that pages and programs can pass an answer on as it is.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.commands.scheduling import VisitorNotes
from shared.commands.scheduling_dates import AgreementRows, PersonId
from shared.events.scheduling import Answer, EventFacts, VisitFacts
from shared.events.scheduling_parts import Attendee

OwnState = Literal["published", "held", "cancelled"]


class OwnBrief(Reply):
    """What the host tells its visitors."""

    practice: str
    challenge: str
    notes: VisitorNotes


class OwnVisit(Reply):
    """A visit to which somebody is invited, or which they lead.

    `invited`: everybody, as the mail names them; `answer`: this person's latest, empty where there is none; `attended`:
    whether they were there, once that is recorded of them.
    """

    visit: VisitFacts
    state: OwnState
    invited: tuple[Attendee, ...]
    answer: Answer | Literal[""] = ""
    attended: bool | None = None
    brief: OwnBrief | None = None


class OwnEvent(Reply):
    """An event of the cohort to which somebody is invited; its mail names nobody else."""

    event: EventFacts
    state: OwnState
    answer: Answer | Literal[""] = ""


class OwnVisitRows(Reply):
    """Visits in order of date, a page of them; events stand with the first page."""

    total: int
    visits: tuple[OwnVisit, ...]
    events: tuple[OwnEvent, ...] = ()


class ListOwnVisits(Query):
    """Somebody's visits and cohort events: published, held or cancelled, with their own answer and attendance."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = OwnVisitRows
    person_id: PersonId
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class ListOwnAgreements(Query):
    """Somebody's days on offer and agreed, the latest first: their own lines, and the notes written for both."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = AgreementRows
    person_id: PersonId
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class OwnDuty(Reply):
    """A duty of somebody in a school year, and how many of its days stand how; not why it comes as often as it does."""

    duty_id: str
    activity: str = Field(description="the key of the activity in the template")
    title: str
    strand: str = Field("", description="the title of its strand")
    school_id: str = ""
    school: str = ""
    person_ids: tuple[str, ...] = Field(description="who does it, the asker among them")
    cadence: str
    days: int
    done: int
    missed: int
    excused: int
    following: dt.date | None = Field(None, description="the next of its days")
    ended: dt.date | None = None


class OwnDutyRows(Reply):
    """Duties, by school and activity."""

    total: int
    duties: tuple[OwnDuty, ...]


class ListOwnDuties(Query):
    """Somebody's duties in a programme."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = OwnDutyRows
    programme_id: str = Field(max_length=100)
    person_id: PersonId
    year: int | None = Field(None, description="calendar year of its September; none: the current one")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)
