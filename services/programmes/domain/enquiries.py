"""Enquiries of people outside: taken while a brochure is published, kept for a term, answered, erased."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.records import Programme
from shared.commands.enquiries import AskForCall, EnquiryRow, SendEnquiry
from shared.errors import Rejected
from shared.events.enquiries import EnquiryErased, EnquiryReceived
from shared.template import Template

__all__ = ["MOST_A_DAY", "TERM_OVER", "Enquiry", "PublishedBrochure", "done", "erased", "received"]

TERM_OVER = "enquiry-term-over"
"""The reminder that an enquiry has been kept as long as its page said."""
MOST_A_DAY = 200
"""Enquiries of one programme within a day; more are no people."""


class PublishedBrochure(BaseModel):
    """What is known of a programme's brochure: whether it is published and takes enquiries."""

    model_config = ConfigDict(frozen=True)

    programme_id: str
    open: bool
    version: int


class Enquiry(BaseModel):
    """An enquiry as it was sent. `until`: the last day on which it is kept.

    `person_id`: who booked a call with it. `only_here`: they are known by it alone, and are forgotten with it.
    """

    model_config = ConfigDict(frozen=True)

    enquiry_id: str
    programme_id: str
    state: Literal["waiting", "done"] = "waiting"
    name: str
    school: str
    role: str = ""
    email: str
    message: str
    received_at: dt.datetime
    until: dt.date
    person_id: str = ""
    only_here: bool = False
    version: int = 1

    def row(self, programme: str) -> EnquiryRow:
        """The enquiry for lists; `programme` is the programme's name."""
        known = self.model_dump(exclude={"version", "person_id", "only_here"})
        return EnquiryRow(programme=programme, **known)


def received(
    command: SendEnquiry | AskForCall,
    programme: Programme,
    brochure: PublishedBrochure | None,
    *,
    enquiry_id: str,
    now: dt.datetime,
    days: int,
    today_before: int,
    message: str = "",
) -> tuple[Enquiry, EnquiryReceived]:
    """Take an enquiry. `today_before`: how many came within the last day; `message`: what was answered before a call.

    Raises Rejected: no-enquiries, too-many-enquiries, invalid-address, empty-text.
    """
    template = programme.template
    takes = isinstance(template, Template) and template.party.enquiry
    if not takes or brochure is None or not brochure.open or programme.stage in {"draft", "completed", "archived"}:
        raise Rejected("no-enquiries", "This programme takes no enquiries just now.")
    if today_before >= MOST_A_DAY:
        raise Rejected("too-many-enquiries", "So many enquiries came today that no more are taken. Try again tomorrow.")
    address = command.email.strip()
    if fault := address_fault(address):
        raise Rejected("invalid-address", f"The e-mail address {fault}.")
    texts = {name: getattr(command, name).strip() for name in ("name", "school")}
    texts["message"] = command.message.strip() if isinstance(command, SendEnquiry) else message
    if missing := [name for name, text in texts.items() if not text]:
        raise Rejected("empty-text", f"Write something under {missing[0]}.")
    until = (now + dt.timedelta(days=days)).date()
    enquiry = Enquiry(
        enquiry_id=enquiry_id,
        programme_id=programme.programme_id,
        role=command.role.strip(),
        email=address,
        received_at=now,
        until=until,
        **texts,
    )
    told = EnquiryReceived(version=1, enquiry_id=enquiry_id, programme_id=programme.programme_id, until=until)
    return enquiry, told


def done(enquiry: Enquiry) -> Enquiry:
    """The enquiry as answered. Raises Rejected("already-done")."""
    if enquiry.state == "done":
        raise Rejected("already-done", "This enquiry has been answered already.")
    return enquiry.model_copy(update={"state": "done", "version": enquiry.version + 1})


def erased(enquiry: Enquiry) -> EnquiryErased:
    """The event by which everybody forgets an enquiry."""
    return EnquiryErased(version=enquiry.version + 1, enquiry_id=enquiry.enquiry_id, programme_id=enquiry.programme_id)
