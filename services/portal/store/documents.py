"""How read models lie in MongoDB: dates and times as ISO text, the rest as it is."""

import datetime as dt
from typing import Any

from pydantic import TypeAdapter

from services.portal.domain.dates import AgreedDay, AgreedVisit, Call, CallOffer
from services.portal.domain.entries import Entry
from services.portal.domain.links import Link
from services.portal.domain.places import Offer, Pair, Placement
from services.portal.domain.records import Answered, FindingsRequest, Group, Meeting, Programme, Report, School
from services.portal.domain.tasks import Owed
from services.portal.domain.whole import WholeProgramme

Document = dict[str, Any]

_PROGRAMME = TypeAdapter(Programme)
_SCHOOL = TypeAdapter(School)
_MEETING = TypeAdapter(Meeting)
_GROUP = TypeAdapter(Group)
_ANSWERED = TypeAdapter(Answered)
_FINDINGS_REQUEST = TypeAdapter(FindingsRequest)
_REPORT = TypeAdapter(Report)
_AGREED_DAY = TypeAdapter(AgreedDay)
_CALL_OFFER = TypeAdapter(CallOffer)
_CALL = TypeAdapter(Call)
_AGREED_VISIT = TypeAdapter(AgreedVisit)
_WHOLE = TypeAdapter(WholeProgramme)
_OWED = TypeAdapter(Owed)
_ENTRY = TypeAdapter(Entry)
_PLACEMENT = TypeAdapter(Placement)
_PAIR = TypeAdapter(Pair)
_OFFER = TypeAdapter(Offer)


def link(found: Document) -> Link:
    """Read a link."""
    on = found.get("on")
    return Link(
        link_id=found["_id"],
        person_id=found["person_id"],
        purpose=found["purpose"],
        target_id=found["target_id"],
        target_kind=found["target_kind"],
        programme_id=found["programme_id"],
        expires=found["expires"],
        revoked=found.get("revoked", False),
        opened=found.get("opened_at") is not None,
        sequence=found.get("sequence"),
        on=dt.date.fromisoformat(on) if on else None,
        form=found.get("form", ""),
    )


def programme(found: Document) -> Programme:
    """Read a programme."""
    return _PROGRAMME.validate_python({**found, "programme_id": found["_id"]})


def school(found: Document) -> School:
    """Read a school of a programme."""
    return _SCHOOL.validate_python(found)


def meeting(found: Document) -> Meeting:
    """Read a visit or cohort event."""
    return _MEETING.validate_python({**found, "target_id": found["_id"]})


def group(found: Document) -> Group:
    """Read a group."""
    return _GROUP.validate_python({**found, "group_id": found["_id"]})


def answered(found: Document) -> Answered:
    """Read an answer."""
    return _ANSWERED.validate_python(found)


def agreed_day(found: Document) -> AgreedDay:
    """Read days on offer or agreed."""
    return _AGREED_DAY.validate_python({**found, "agreement_id": found["_id"]})


def call_offer(found: Document) -> CallOffer:
    """Read an invitation to choose a time."""
    return _CALL_OFFER.validate_python({**found, "offer_id": found["_id"]})


def agreed_visit(found: Document) -> AgreedVisit:
    """Read a visit on an agreed day."""
    return _AGREED_VISIT.validate_python({**found, "visit_id": found["_id"]})


def call(found: Document) -> Call:
    """Read a call."""
    return _CALL.validate_python({**found, "call_id": found["_id"]})


def findings_request(found: Document) -> FindingsRequest:
    """Read a request for findings."""
    return _FINDINGS_REQUEST.validate_python({**found, "request_id": found["_id"]})


def report(found: Document) -> Report:
    """Read a report."""
    return _REPORT.validate_python({**found, "report_id": found["_id"]})


def whole(found: Document) -> WholeProgramme:
    """Read a programme whose template says everything."""
    return _WHOLE.validate_python({**found, "programme_id": found["_id"]})


def owed(found: Document) -> Owed:
    """Read a task."""
    return _OWED.validate_python({**found, "task_id": found["_id"]})


def entry(found: Document) -> Entry:
    """Read an entry."""
    return _ENTRY.validate_python({**found, "entry_id": found["_id"]})


def placement(found: Document) -> Placement:
    """Read a placement."""
    return _PLACEMENT.validate_python({**found, "match_id": found["_id"]})


def pair(found: Document) -> Pair:
    """Read a pair."""
    return _PAIR.validate_python({**found, "pair_id": found["_id"]})


def offer(found: Document) -> Offer:
    """Read a place on offer."""
    return _OFFER.validate_python({**found, "offer_id": found["_id"]})
