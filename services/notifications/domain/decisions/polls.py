"""A poll has closed, and somebody chooses."""

import datetime as dt
from collections.abc import Sequence

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import NOTHING
from services.notifications.domain.kinds import THEME_WANTED
from services.notifications.domain.mail import compose_row
from services.notifications.domain.template_mails.people import Recipient, letter_to
from shared.events.polls import PollClosed


def closed(event: PollClosed, people: Sequence[Recipient], now: dt.datetime) -> Decision:
    """Tell each of those who may choose."""
    return Decision(
        tuple(
            compose_row(
                letter_to(one, THEME_WANTED, essential=True),
                f"PollClosed/{event.poll_id}/{event.version}",
                now,
                programme_id=event.programme_id,
                refs={"poll": event.poll, "poll_id": event.poll_id},
                details=NOTHING,
            )
            for one in people
        )
    )
