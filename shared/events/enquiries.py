"""What `programmes` publishes of enquiries by the public page of a brochure: that there is one, never what it says."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event


class EnquiryReceived(Event):
    """Somebody outside asks about a programme. Who and what is asked of `programmes`, as long as it is kept."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enquiry_id"
    enquiry_id: str
    programme_id: str
    until: dt.date = Field(description="the last day on which it is kept")


class EnquiryErased(Event):
    """An enquiry is gone: its term is over, or somebody had it erased. Whoever keeps a text of it forgets it."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "enquiry_id"
    enquiry_id: str
    programme_id: str
