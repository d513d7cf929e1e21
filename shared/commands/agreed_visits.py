"""What may be asked of `scheduling` about days that named people agree: agreed visits and meetings.

A person acts by their id; without one, the coordinator acts. Days are found by their placement and activity.
"""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Message, OneLine, Query, Reply

MOST_DAYS = 200
DayState = Literal["published", "held", "cancelled"]
ArrangementState = Literal["not-open", "waiting", "agreed", "closed"]
Words = Annotated[str, Field(max_length=1000)]


class _OfArrangement(Message):
    match_id: str = Field(max_length=100)
    activity: str = Field(max_length=60)
    person_id: str = Field("", max_length=100, description="who acts; empty: the coordinator")


class ProposeDays(_OfArrangement, Command):
    """Say which days suit, in place of those said before; they are kept free for this for some working days."""

    service: ClassVar[str] = "scheduling"
    days: tuple[dt.date, ...] = Field(min_length=1, max_length=MOST_DAYS)


class DeclineDays(_OfArrangement, Command):
    """Say that no day suits; the coordinator reads the words."""

    service: ClassVar[str] = "scheduling"
    words: Words = ""


class ChosenDay(Message):
    """A day with its hours and what is done there, by keys of the activity's doings."""

    on: dt.date
    starts: dt.time
    ends: dt.time
    doings: tuple[str, ...] = Field((), max_length=40)


class AgreeDays(_OfArrangement, Command):
    """Agree on days: of those that suit all others, or `outside`: the people have agreed on them by themselves."""

    service: ClassVar[str] = "scheduling"
    days: tuple[ChosenDay, ...] = Field(min_length=1, max_length=20)
    outside: bool = False


class NeedDays(_OfArrangement, Command):
    """Say how many days there are to be, in place of what the template or the entry says, and why: its people read it.

    Refused without a reason.
    """

    service: ClassVar[str] = "scheduling"
    needed: int = Field(ge=1, le=20)
    because: OneLine = Field("", max_length=300)


class _OfVisit(Message):
    visit_id: str = Field(max_length=100)
    person_id: str = Field("", max_length=100, description="who acts; empty: the coordinator")


class MoveAgreedVisit(_OfVisit, Command):
    """It takes place at another time, as its people have agreed; the other days stay."""

    service: ClassVar[str] = "scheduling"
    day: ChosenDay


class CancelAgreedVisit(_OfVisit, Command):
    """It does not take place, or did not; the other days stay. The others read the words: the coordinator says why."""

    service: ClassVar[str] = "scheduling"
    words: Words = ""


class RecordAgreedVisit(_OfVisit, Command):
    """Say who was missing on a day that is over; all others were there."""

    service: ClassVar[str] = "scheduling"
    absent: tuple[str, ...] = Field((), max_length=100)


class InvitedRow(Reply):
    """Somebody invited."""

    person_id: str
    role: str
    school_id: str | None = None
    required: bool = True
    substitute_for: str | None = None


class AgreedVisitRow(Reply):
    """A day that is agreed, and how it stands."""

    visit_id: str
    number: int
    on: dt.date
    starts: dt.time
    ends: dt.time
    doings: tuple[str, ...] = ()
    state: DayState
    sequence: int
    attendees: tuple[InvitedRow, ...] = ()
    absent: tuple[str, ...] = ()
    words: str = Field("", description="what was written when it was cancelled")


class PartyRow(Reply):
    """People one of whom speaks for all of them, the days that suit them, and who has said that none does."""

    who: str = Field(description="the template's reference to them")
    person_ids: tuple[str, ...]
    days: tuple[dt.date, ...] = ()


class DeclinedRow(Reply):
    """Who has said that no day suits, and what they wrote."""

    person_id: str
    words: str
    at: dt.datetime


class ArrangementDetail(Reply):
    """How the days of an activity stand for a placement.

    `free`: days on which somebody of each party can come; `common`: those that suit all others than whoever asks.
    `parties`: people for each whom the template names. `needed` days are to be agreed, `most` at most.
    """

    arrangement_id: str
    programme_id: str
    activity: str
    kind: str
    title: str
    purpose: str = ""
    match_id: str
    host_school_id: str
    host: str = Field("", description="the name of the host school")
    school_id: str
    state: ArrangementState
    needed: int
    because: str = Field("", description="why the coordinator wants so many days, where they have said how many")
    most: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    timezone: str
    starts: dt.time
    ends: dt.time
    doings: dict[str, str] = Field({}, description="key -> title")
    hold_working_days: int
    parties: tuple[PartyRow, ...] = ()
    waiting_for: tuple[str, ...] = ()
    free: tuple[dt.date, ...] = ()
    common: tuple[dt.date, ...] = ()
    visits: tuple[AgreedVisitRow, ...] = ()
    declined: tuple[DeclinedRow, ...] = ()


class ShowDays(Query):
    """The days of an activity for a placement, as one of its people sees them; of nobody: as the coordinator does.

    People read of `declined` and `absent` what is said of themselves. Refused as unknown for somebody who has no part
    in it.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = ArrangementDetail
    match_id: str = ""
    activity: str = ""
    visit_id: str = Field("", description="a day of the arrangement, in place of placement and activity")
    person_id: str = ""


class ArrangementRow(Reply):
    """An arrangement in a list."""

    arrangement_id: str
    programme_id: str
    activity: str
    match_id: str
    host_school_id: str
    host: str = ""
    school_id: str
    person_id: str
    state: ArrangementState
    needed: int
    waiting_for: tuple[str, ...] = ()
    declined: bool = False
    visits: tuple[AgreedVisitRow, ...] = ()


class ArrangementRows(Reply):
    """A page of arrangements."""

    total: int
    arrangements: tuple[ArrangementRow, ...]


class ListDays(Query):
    """The arrangements of a programme: all, those of a state, an activity, a person or a placement.

    Those in which nothing suits come first, then by host school.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = ArrangementRows
    programme_id: str
    state: ArrangementState | None = None
    activity: str = ""
    match_id: str = ""
    person_id: str = ""
    named: str = Field("", description="an id of an arrangement or of a day, or its beginning")
    concerning: Concerning = ()
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)
