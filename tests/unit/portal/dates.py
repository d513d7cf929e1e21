"""Days and calls of headteachers, as scheduling tells and shows them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from shared.commands.scheduling_dates import (
    AgreementDetail,
    AgreementRows,
    CallOfferDetail,
    CallOfferRow,
    CallOfferRows,
    ListCallOffers,
    ShowAgreement,
    ShowCallOffer,
    SlotRow,
)
from shared.commands.scheduling_own import ListOwnAgreements
from shared.errors import Rejected
from shared.events.scheduling_dates import CallBooked, CallOffered, DatesAgreed, DatesAnswered, DatesOffered

AGREEMENT, OFFER, OFFER_TO_A, CALL = "agr-1", "off-1", "off-2", "cal-9"
AGREED, ANSWERED = "agr-2", "agr-3"
LONDON = "Europe/London"
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


def call_offer_to_a() -> CallOfferDetail:
    """The same times, from another host to the headteacher of the first school."""
    return call_offer(offer_id=OFFER_TO_A, host_id="per-c-head", person_id="per-a-head")


def days_offered(agreement_id: str = AGREEMENT, other: str = "per-b-head", **fields: Any) -> DatesOffered:
    """The days of `agreement` as they are told."""
    shown = agreement()
    given: dict[str, Any] = {"offers": shown.offers, "deadline": shown.deadline, "timezone": LONDON, **fields}
    return DatesOffered(version=1, agreement_id=agreement_id, person_ids=("per-a-head", other), **given)


def day_agreed(agreement_id: str = AGREED, other: str = "per-d-head", **fields: Any) -> DatesAgreed:
    """A day that was settled."""
    given: dict[str, Any] = {"version": 2, "on": dt.date(2027, 5, 5), "timezone": LONDON, **fields}
    return DatesAgreed(agreement_id=agreement_id, person_ids=("per-a-head", other), **given)


def call_booked(**fields: Any) -> CallBooked:
    """A call of two headteachers."""
    given: dict[str, Any] = {
        "version": 1, "call_id": CALL, "person_ids": ("per-a-head", "per-d-head"), "on": dt.date(2027, 5, 13),
        "starts": dt.time(16), "minutes": 45, "timezone": LONDON,
    }  # fmt: skip
    return CallBooked.model_validate({**given, **fields})


async def told(world: Any) -> None:
    """Tell the portal of days on offer, answered and agreed, of invitations to a call and of one that is booked."""
    june = (dt.date(2027, 6, 1), dt.date(2027, 6, 3))
    for event in (
        days_offered(),
        days_offered(AGREED, "per-d-head"),
        days_offered(ANSWERED, "per-c-head", offers=june),
    ):
        await world.handle(event)
    answered = DatesAnswered(version=1, agreement_id=ANSWERED, person_id="per-a-head")
    await world.handle(answered)
    await world.handle(day_agreed())
    for offer in (call_offer(), call_offer_to_a()):
        asked = offer.model_dump(include={"offer_id", "host_id", "person_id", "minutes"})
        await world.handle(CallOffered(version=1, **asked))
    await world.handle(call_booked())


def finds(world: Any) -> dict[str, Any]:
    """What scheduling answers."""

    def agreed(query: ShowAgreement) -> AgreementDetail:
        if query.agreement_id not in world.agreements:
            raise Rejected("unknown-agreement", "There is no such agreement.")
        found: AgreementDetail = world.agreements[query.agreement_id]
        return found

    def agreements(query: ListOwnAgreements) -> AgreementRows:
        mine = tuple(one for one in world.agreements.values() if query.person_id in one.person_ids)
        return AgreementRows(total=len(mine), agreements=mine)

    def offered(query: ShowCallOffer) -> CallOfferDetail:
        if query.offer_id not in world.call_offers:
            raise Rejected("unknown-offer", "There is no such offer.")
        found: CallOfferDetail = world.call_offers[query.offer_id]
        return found

    def offers(query: ListCallOffers) -> CallOfferRows:
        rows = tuple(row_of(one) for one in world.call_offers.values() if query.person_id == one.person_id)
        shown = tuple(one for one in rows if query.state in {None, one.state})
        return CallOfferRows(total=len(shown), offers=shown)

    return {
        "ShowAgreement": agreed,
        "ListOwnAgreements": agreements,
        "ShowCallOffer": offered,
        "ListCallOffers": offers,
    }


def row_of(offer: CallOfferDetail) -> CallOfferRow:
    """An invitation as it is listed."""
    fields = offer.model_dump(include={"offer_id", "host_id", "person_id", "minutes", "total"})
    call = offer.call if offer.call and offer.call.state != "cancelled" else None
    state = call.state if call else "open"
    return CallOfferRow(**fields, state=state, call=call, until=offer.slots[-1] if offer.slots else None)
