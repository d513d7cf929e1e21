"""The mail about an enquiry of somebody outside: to who coordinates the programme, whatever its template says."""

import datetime as dt

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.directory import Programme
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.routing import ENQUIRIES
from shared.events.enquiries import EnquiryReceived


def received(programme: Programme, event: EnquiryReceived, now: dt.datetime) -> Decision:
    """Tell the coordinator. What was written is asked for when the mail is written: no event and no queue holds it."""
    refs = {"enquiry": event.enquiry_id}
    occasion = Occasion("EnquiryReceived", event.enquiry_id, event.version, refs)
    return Decision(mails_of(occasion, programme, to_coordinator(programme), now, ENQUIRIES))
