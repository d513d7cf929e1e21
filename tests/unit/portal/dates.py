"""Days and a call on offer to two headteachers, as scheduling shows them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from shared.commands.scheduling_dates import AgreementDetail, CallOfferDetail, SlotRow

AGREEMENT, OFFER = "agr-1", "off-1"
OTHER_PAGES = {
    "answer agreed-day": ("answer", "per-b-head", AGREEMENT, "agreed-day"),
    "answer call-offer": ("answer", "per-b-head", OFFER, "call-offer"),
}
"""Pages that a purpose has for other kinds of target: purpose, person, target, kind."""


def agreement(**fields: Any) -> AgreementDetail:
    """Three days on offer to two headteachers, neither of whom has answered."""
    given: dict[str, Any] = {
        "agreement_id": AGREEMENT, "person_ids": ("per-a-head", "per-b-head"), "about": "peer coaching",
        "offers": (dt.date(2027, 5, 17), dt.date(2027, 5, 19), dt.date(2027, 5, 21)), "state": "waiting",
        "deadline": dt.datetime(2027, 4, 30, 16, tzinfo=dt.UTC), "waiting_for": ("per-a-head", "per-b-head"),
    }  # fmt: skip
    return AgreementDetail.model_validate({**given, **fields})


def call_offer(**fields: Any) -> CallOfferDetail:
    """Three times on two days from which a headteacher is to choose."""
    monday, tuesday = dt.date(2027, 5, 17), dt.date(2027, 5, 18)
    given: dict[str, Any] = {
        "offer_id": OFFER, "host_id": "per-a-head", "person_id": "per-b-head", "minutes": 30, "total": 8,
        "slots": tuple(
            SlotRow(start=dt.datetime.combine(on, starts, ZoneInfo("Europe/London")), on=on, starts=starts)
            for on, starts in ((monday, dt.time(9)), (monday, dt.time(9, 30)), (tuesday, dt.time(14)))
        ),
    }  # fmt: skip
    return CallOfferDetail.model_validate({**given, **fields})
