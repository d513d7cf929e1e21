"""What may be asked of `scheduling` about days that people agree and calls."""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from shared.commands.base import Command, Message, OneLine, Query, Reply

PersonId = Annotated[str, Field(min_length=1, max_length=100)]
DayReply = Literal["yes", "if-need-be", "no"]
AgreementState = Literal["waiting", "settled", "nothing-suits", "lapsed"]
CallState = Literal["booked", "over", "cancelled"]
CallOfferState = Literal["open", "booked", "over"]


class OfferDates(Command):
    """Offer two people up to three days on which both can; the days are held for them until the deadline.

    School days of all `school_ids`, after the deadline, without what either has ruled out or is busy on.
    """

    service: ClassVar[str] = "scheduling"
    person_ids: tuple[PersonId, ...] = Field(min_length=2, max_length=2)
    earliest: dt.date
    deadline: AwareDatetime = Field(description="until when both are to answer")
    latest: dt.date | None = Field(None, description="the last day to offer; eight weeks on where not given")
    school_ids: tuple[str, ...] = Field((), max_length=20, description="whose term dates and closures count")
    about: OneLine = Field("", max_length=120, description="what the day is for, such as: peer coaching")


class DayLine(Message):
    """What somebody says of one day on offer."""

    on: dt.date
    answer: DayReply


class AnswerDates(Command):
    """A person says of each day on offer whether it suits; the day is settled once all have and one does."""

    service: ClassVar[str] = "scheduling"
    agreement_id: str
    person_id: PersonId
    lines: tuple[DayLine, ...] = Field(min_length=1, max_length=10)
    note: str = Field("", max_length=1000, description="read by the other and the coordinator, in place of any before")


class WithdrawDates(Command):
    """A settled day that is to come does not take place; it is free again for all who agreed it."""

    service: ClassVar[str] = "scheduling"
    agreement_id: str


class SaidRow(Reply):
    """What a person has said of a day."""

    person_id: str
    on: dt.date
    answer: DayReply


class NoteRow(Reply):
    """What a person has added to their answer."""

    person_id: str
    note: str


class AgreementDetail(Reply):
    """How an agreement stands. `state`: waiting, settled, nothing-suits (offer other days) or lapsed.

    A settled day that was withdrawn stands in `withdrawn`, and the agreement has lapsed.
    """

    agreement_id: str
    person_ids: tuple[str, ...]
    offers: tuple[dt.date, ...]
    deadline: dt.datetime
    state: AgreementState
    said: tuple[SaidRow, ...] = ()
    waiting_for: tuple[str, ...] = ()
    settled: dt.date | None = None
    held: tuple[dt.date, ...] = Field((), description="days that nobody else can take at present")
    version: int = 1
    withdrawn: dt.date | None = Field(None, description="the day that was settled and does not take place")
    about: str = ""
    notes: tuple[NoteRow, ...] = ()


class ShowAgreement(Query):
    """Which days are on offer, who has answered, which day is settled."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = AgreementDetail
    agreement_id: str


class AgreementRows(Reply):
    """A page of agreements."""

    total: int
    agreements: tuple[AgreementDetail, ...]


class ListAgreements(Query):
    """Agreements with the latest days first, all or those of a state or person."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = AgreementRows
    state: AgreementState | None = None
    person_id: str = ""
    named: str = Field("", description="an id or its beginning")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class OpeningLine(Message):
    """A stretch in which somebody can be called; local times on full five minutes."""

    on: dt.date
    first: dt.time
    last: dt.time


class OpenCalls(Command):
    """Say when a person can be called, in place of all that was said before; calls that are booked stay."""

    service: ClassVar[str] = "scheduling"
    person_id: PersonId
    openings: tuple[OpeningLine, ...] = Field(max_length=200)


class SlotRow(Reply):
    """A time at which a call could begin: the instant, and the local date and time."""

    start: dt.datetime
    on: dt.date
    starts: dt.time


class CallSlots(Reply):
    """Slots in order; they do not overlap."""

    total: int
    timezone: str
    slots: tuple[SlotRow, ...]


class ShowCallSlots(Query):
    """When all of these people could be called: within the openings of everybody among them who has any."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CallSlots
    person_ids: tuple[PersonId, ...] = Field(min_length=1, max_length=10)
    minutes: int = Field(30, ge=5, le=480)
    limit: int = Field(100, ge=1, le=1000)


class BookCall(Command):
    """Book a call, within the openings of everybody in it who has any. Refused where anybody's time is taken."""

    service: ClassVar[str] = "scheduling"
    person_ids: tuple[PersonId, ...] = Field(min_length=2, max_length=10)
    start: AwareDatetime = Field(description="on a full five minutes")
    minutes: int = Field(30, ge=5, le=480)


class CancelCall(Command):
    """A call that is to come does not take place; its time can be booked again."""

    service: ClassVar[str] = "scheduling"
    call_id: str


class CallRow(Reply):
    """A call in local time."""

    call_id: str
    person_ids: tuple[str, ...]
    on: dt.date
    starts: dt.time
    minutes: int
    timezone: str
    state: CallState


class CallRows(Reply):
    """A page of calls."""

    total: int
    calls: tuple[CallRow, ...]


class ListCalls(Query):
    """Calls with the latest first, all or those of a state or person."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CallRows
    state: CallState | None = None
    person_id: str = ""
    named: str = Field("", description="an id or its beginning")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class OfferCall(Command):
    """Ask somebody to choose a time for a call with the host, who has said when to be called."""

    service: ClassVar[str] = "scheduling"
    host_id: PersonId
    person_id: PersonId
    minutes: int = Field(30, ge=5, le=480)


class CallOfferDetail(Reply):
    """How an offer stands: the last call that was booked for it; while none stands, the first slots of all left."""

    offer_id: str
    host_id: str
    person_id: str
    minutes: int
    call: CallRow | None = None
    total: int = 0
    slots: tuple[SlotRow, ...] = ()


class ShowCallOffer(Query):
    """Which slots are left to choose from, or which call is booked."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CallOfferDetail
    offer_id: str
    limit: int = Field(60, ge=1, le=1000)


class CallOfferRow(Reply):
    """Who was asked to choose a time, and whether they have. `state`: open (no call stands), booked or over.

    `until`: the last of the times that are left, by which an open one is to be answered.
    """

    offer_id: str
    host_id: str
    person_id: str
    minutes: int
    state: CallOfferState
    asked_at: dt.datetime | None = None
    call: CallRow | None = Field(None, description="the last that was booked for it; cancelled where it is open")
    total: int = Field(0, description="how many times are left to choose from")
    until: SlotRow | None = None


class CallOfferRows(Reply):
    """A page of offers."""

    total: int
    offers: tuple[CallOfferRow, ...]


class ListCallOffers(Query):
    """Who was asked to choose a time, the latest first: all, those of a state, or those of a host or person asked."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CallOfferRows
    state: CallOfferState | None = None
    person_id: str = ""
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class TakeCallSlot(Command):
    """Who was asked chooses a slot: the call is booked, unless somebody was faster."""

    service: ClassVar[str] = "scheduling"
    offer_id: str
    person_id: PersonId
    start: AwareDatetime = Field(description="on a full five minutes")
