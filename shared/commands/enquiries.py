"""What may be asked of `programmes` about enquiries, which people outside send by the public page of a brochure.

An enquiry is personal data of somebody who takes no part. It is kept for a term that the page names, and erased then.
"""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply
from shared.template.forms import FormField
from shared.template.words import FieldKey

EnquiryState = Literal["waiting", "done"]


class EnquiryRow(Reply):
    """An enquiry as it was sent."""

    enquiry_id: str
    programme_id: str
    programme: str
    state: EnquiryState
    name: str
    school: str
    role: str
    email: str
    message: str
    received_at: dt.datetime
    until: dt.date = Field(description="the last day on which it is kept")


class EnquiryRows(Reply):
    """Enquiries, those that wait first, of each the newest first."""

    total: int
    waiting: int
    enquiries: tuple[EnquiryRow, ...]


class SendEnquiry(Command):
    """Somebody outside asks about a programme whose brochure is published and takes enquiries."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    name: OneLine = Field(min_length=1, max_length=200)
    school: OneLine = Field(min_length=1, max_length=200)
    role: OneLine = Field("", max_length=100)
    email: OneLine = Field(max_length=254)
    message: str = Field(min_length=1, max_length=2000)


class AskForCall(Command):
    """Somebody outside answers what is asked before a call, on the public page where they choose its time.

    The reply's id is the person's, for whom the call is booked. The same address again replaces what it said.
    """

    service: ClassVar[str] = "programmes"
    programme_id: str
    name: OneLine = Field(min_length=1, max_length=200)
    school: OneLine = Field(min_length=1, max_length=200)
    role: OneLine = Field("", max_length=100)
    email: OneLine = Field(max_length=254)
    answers: dict[FieldKey, Annotated[str, Field(max_length=5000)]] = Field(max_length=40)


class CallQuestions(Reply):
    """The form whose questions are answered when a call is booked."""

    title: str
    intro: str
    fields: tuple[FormField, ...]


class ShowCallQuestions(Query):
    """What is asked before a call of a programme. Rejected("no-open-call") where it has none."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = CallQuestions
    programme_id: str


class ShowCaller(Query):
    """What somebody wrote when they booked a call; Rejected("unknown-enquiry") once it is erased."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = EnquiryRow
    programme_id: str
    person_id: str


class ListEnquiries(Query):
    """Enquiries of one programme, or of all."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = EnquiryRows
    programme_id: str = ""
    state: EnquiryState | Literal[""] = ""
    search: str = Field("", max_length=100, description="part of a name, a school's name or an address")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class ShowEnquiry(Query):
    """One enquiry, by its id or the beginning of it."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = EnquiryRow
    enquiry_id: str = Field(min_length=1, max_length=100)


class CloseEnquiry(Command):
    """An enquiry has been answered: it waits no longer, and is kept until its term is over."""

    service: ClassVar[str] = "programmes"
    enquiry_id: str


class EraseEnquiries(Command):
    """Erase an enquiry, or every enquiry from an address."""

    service: ClassVar[str] = "programmes"
    enquiry_id: str = ""
    email: OneLine = Field("", max_length=254)
