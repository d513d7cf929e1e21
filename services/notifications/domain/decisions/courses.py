"""Places in courses of sessions: whose place ends before the course does hears by which rule."""

import datetime as dt
from collections.abc import Sequence

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Change
from services.notifications.domain.mail import compose_row
from services.notifications.domain.template_mails.people import Recipient, letter_to
from shared.events.sessions import CoursePlaceEnded

LEFT = "left"
"""Why a place ends of somebody who is no longer there to hear of it."""


def ended(event: CoursePlaceEnded, people: Sequence[Recipient], now: dt.datetime) -> Decision:
    """Tell them; nobody who has left."""
    if event.why == LEFT:
        return Decision()
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "course-ended", essential=True),
                f"CoursePlaceEnded/{event.place_id}/{event.version}",
                now,
                programme_id=event.programme_id,
                refs={"course": event.course_id, "activity": event.activity},
                details=Change(moved_from=event.on, why=event.why),
            )
            for one in people
        )
    )
