"""The trace of an answer that was taken from a calendar and then changed nothing: a coordinator sees it."""

import datetime as dt
import hashlib

from services.notifications.domain.directory import Card
from services.notifications.domain.kept import Concern, KeptMessage
from services.notifications.domain.targets import Target
from shared.events.scheduling import CalendarReplyIgnored

MOVED = "out-of-date-invitation"
"""The rule of an answer to a date that has moved."""
_WHY = {
    MOVED: "An answer to a date that moved while it was under way. They are asked about the new date.",
    "answered-since": "A later answer of theirs is here already, so this one does not count.",
    "already-over": "An answer to what has taken place or been cancelled.",
    "not-invited": "An answer of somebody who is no longer invited.",
}
_NEEDS_NOBODY = frozenset({"answered-since", "already-over"})


def trace_of(event: CalendarReplyIgnored, target: Target | None, card: Card | None, now: dt.datetime) -> KeptMessage:
    """Return what is kept: filed where nobody has to do anything about it."""
    programmes = (target.programme_id,) if target and target.programme_id else ()
    return KeptMessage(
        key=hashlib.sha256(f"ignored/{event.reply_id}".encode()).hexdigest(),
        received_at=now,
        why=_WHY.get(event.rule, f"An answer that changed nothing ({event.rule})."),
        subject=f"Calendar answer: {event.answer}",
        sender=card.email.lower() if card else "",
        state="filed" if event.rule in _NEEDS_NOBODY else "waiting",
        concern=Concern(event.target_id, event.person_id, programme_ids=programmes, answer=event.answer),
    )
