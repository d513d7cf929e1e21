"""Mails that did not arrive: the coordinator gets one notice for each span of time."""

import datetime as dt

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Span
from services.notifications.domain.directory import Programme
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.outcomes import NOTICE, digest_span
from shared.events.template import MailSpec

_NOTICE = (MailSpec(on="MailBounced", template=NOTICE, to=("coordinator",)),)


def not_arrived(programme: Programme, changed_at: dt.datetime, digest_seconds: float, now: dt.datetime) -> Decision:
    """Queue the notice for the span in which a mail bounced or failed. It goes out when the span is over."""
    since, until = digest_span(changed_at, digest_seconds)
    occasion = Occasion(
        "MailBounced", f"{programme.programme_id}/{since.isoformat()}", 1, details=Span(since=since, until=until),
        not_before=until,
    )  # fmt: skip
    return Decision(mails_of(occasion, programme, to_coordinator(programme), now, _NOTICE))
