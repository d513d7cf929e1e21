"""Whether a link that is over is worth a new one."""

import datetime as dt
from collections.abc import Iterable

from services.portal.domain.dates import AgreedDay, CallOffer
from services.portal.domain.links import Link
from services.portal.domain.records import Meeting

BEFORE = frozenset({"answer", "visit-brief"})
"""Purposes that end with the visit or event."""
AFTER = frozenset({"attendance", "appraisal", "take-home", "survey"})
"""Purposes that begin with it."""
ALWAYS = frozenset({"findings", "report", "my-visits", "cohort"})


def still_of_use(
    link: Link, meeting: Meeting | None, days: Iterable[AgreedDay], offers: Iterable[CallOffer], now: dt.datetime
) -> bool:
    """Return whether there is something left to do or to read behind it. `meeting`, `days`, `offers`: the person's."""
    if link.target_kind == "agreed-day":
        return any(day.agreement_id == link.target_id and day.open(now) for day in days)
    if link.target_kind == "call":
        return False
    if link.target_kind == "call-offer":
        return any(offer.offer_id == link.target_id for offer in offers)
    if link.purpose in BEFORE:
        return meeting is not None and meeting.ahead(now)
    if link.purpose in AFTER:
        return meeting is not None and meeting.state != "cancelled"
    return link.purpose in ALWAYS
