"""What may be asked of `programmes` about enquiries, which people outside send by the public page of a brochure.

An enquiry is personal data of somebody who takes no part. It is kept for a term that the page names, and erased then.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply

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


class ListEnquiries(Query):
    """Enquiries of one programme, or of all."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = EnquiryRows
    programme_id: str = ""
    state: EnquiryState | Literal[""] = ""
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
