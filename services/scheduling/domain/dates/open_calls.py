"""Calls that anybody books: which times are left among all who offer any, and who holds a call at one of them."""

import datetime as dt
from dataclasses import dataclass

from services.scheduling.domain.dates.call_decisions import Hours
from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from services.scheduling.domain.ids import open_call_id
from shared.errors import Rejected
from shared.template import Template
from shared.template.activities import Activity
from shared.template.kinds import CALL

__all__ = ["NOTICE", "OpenCall", "begun", "declared", "free_hosts", "must_be_in", "none_here", "with_host"]

NOTICE = dt.timedelta(hours=4)
"""Whoever holds a call hears of it so long before."""


@dataclass(frozen=True, slots=True)
class OpenCall:
    """The call that a programme's template declares, and who offers times for it now."""

    programme_id: str
    activity: Activity
    hosts: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.activity.lasts or 0


def declared(template: Template) -> Activity:
    """The call of the template. Raises Rejected("no-open-call") where there is none."""
    found = next((one for one in template.activities if one.kind == CALL), None)
    if found is None:
        raise none_here()
    return found


def none_here() -> Rejected:
    """The refusal where a programme has no call, or there is no such programme."""
    return Rejected("no-open-call", "This programme has no call that can be booked.")


def free_hosts(hours: Hours, call: OpenCall, person_id: str, now: dt.datetime) -> dict[dt.datetime, str]:
    """When a call could begin (UTC, ascending) -> who holds it: of those who are free, whoever has fewest calls."""
    found = dict[dt.datetime, str]()
    offering = [one for one in call.hosts if one in hours.openings and one != person_id]
    others = (person_id,) if person_id else ()
    for host in sorted(offering, key=lambda one: (len(hours.taken.get(one, ())), one)):
        for start in hours.left((host, *others), call.minutes, now + NOTICE) or ():
            found.setdefault(start, host)
    return dict(sorted(found.items()))


def begun(call: OpenCall, person_id: str, now: dt.datetime) -> CallOfferRecord:
    """What is kept of somebody's call, before they have one."""
    return CallOfferRecord(
        offer_id=open_call_id(call.programme_id, person_id),
        host_id="",
        person_id=person_id,
        minutes=call.minutes,
        asked_at=now,
        programme_id=call.programme_id,
        activity=call.activity.key,
    )


def with_host(offer: CallOfferRecord, start: dt.datetime, left: dict[dt.datetime, str]) -> CallOfferRecord:
    """The call with whoever holds it at that time. Raises Rejected("slot-taken") where nobody is free then."""
    host = left.get(start)
    if host is None:
        raise Rejected("slot-taken", "Somebody has booked this time meanwhile, or it has passed. Choose another.")
    return offer.model_copy(update={"host_id": host})


def must_be_in(call: CallRecord, person_id: str) -> None:
    """Raises Rejected("not-invited") for somebody whose call it is not."""
    if person_id not in call.people:
        raise Rejected("not-invited", "Only who is in the call can see it or give it up.")
