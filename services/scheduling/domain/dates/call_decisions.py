"""Decisions about calls: which times are left, a call is booked or cancelled, somebody is asked to choose a time."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from services.scheduling.domain.dates.booking import Opening, is_open, shared_openings, slots
from services.scheduling.domain.dates.records import CallOfferRecord, CallRecord
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.local_time import LONDON
from services.scheduling.planner.wording import in_words
from shared.commands.scheduling_dates import BookCall, OfferCall
from shared.errors import Rejected
from shared.events.scheduling_dates import CallBooked, CallCancelled, CallOffered

NO_OPENINGS = "None of them has said when to be called. Use `kindred calls open` first."


@dataclass(frozen=True, slots=True)
class Hours:
    """By person: openings, cells that are booked, and days that are given away whole."""

    openings: Mapping[str, tuple[Opening, ...]]
    taken: Mapping[str, Collection[dt.datetime]] = field(default_factory=dict)
    away: Mapping[str, Collection[dt.date]] = field(default_factory=dict)

    def left(self, people: Sequence[str], minutes: int, now: dt.datetime) -> tuple[dt.datetime, ...] | None:
        """When a call of these people could begin (UTC, ascending); None where none of them has openings."""
        theirs = [self.openings[one] for one in people if one in self.openings]
        days = {day for one in people for day in self.away.get(one, ())}
        booked = {cell for one in people for cell in self.taken.get(one, ())}
        possible = [one for one in shared_openings(theirs) if one.on not in days]
        return slots(possible, booked, minutes, LONDON, after=now) if theirs else None


def decide_booking(
    name: str,
    command: BookCall,
    hours: Hours,
    now: dt.datetime,
    offer: CallOfferRecord | None = None,
) -> Decision[CallRecord]:
    """Book a call that lies in everybody's openings, on a day that nobody has given away whole.

    Whether its cells are free is for the store to refuse. Raises Rejected by the first rule that it breaks.
    """
    _must_be_new(command, now)
    call = CallRecord.at(name, command.person_ids, command.start, command.minutes, LONDON)
    theirs = [hours.openings[one] for one in call.people if one in hours.openings]
    if not theirs:
        raise Rejected("no-openings", NO_OPENINGS)
    if not is_open(shared_openings(theirs), command.start, command.minutes, LONDON):
        raise Rejected("not-open", "This is outside the hours in which they can be called. Choose a free slot.")
    if any(call.on in hours.away.get(one, ()) for one in call.people):
        raise Rejected("day-taken", f"{in_words(call.on)} is taken for one of them. Choose another day.")
    if offer is not None:
        chosen = {"offer_id": offer.offer_id, "chosen_by": offer.person_id, "programme_id": offer.programme_id or None}
        call = call.model_copy(update=chosen)
    event = CallBooked.model_validate(_fields(call))
    return Decision((call,), (event,), f"The call is booked: {_when(call)}.")


def _must_be_new(command: BookCall, now: dt.datetime) -> None:
    if len(set(command.person_ids)) < len(command.person_ids):
        raise Rejected("two-people", "A call is between different people; somebody is named twice.")
    if command.start <= now:
        raise Rejected("too-late", "This time has passed. Choose a slot that is to come.")


def decide_cancelling(before: CallRecord, now: dt.datetime) -> Decision[CallRecord]:
    """A call that is to come does not take place. Raises Rejected once it has begun or been cancelled."""
    if before.state == "cancelled" or before.start <= now:
        raise Rejected("already-over", "This call has begun or been cancelled; there is nothing to cancel.")
    after = before.model_copy(update={"state": "cancelled", "version": before.version + 1})
    event = CallCancelled.model_validate(_fields(after))
    return Decision((after,), (event,), f"The call is cancelled: {_when(after)}.")


def decide_invitation(name: str, command: OfferCall, hours: Hours, now: dt.datetime) -> Decision[CallOfferRecord]:
    """Ask somebody to choose a time for a call. Raises Rejected for a call with oneself, and where no time is left."""
    if command.host_id == command.person_id:
        raise Rejected("two-people", "A call is between different people; somebody is named twice.")
    left = hours.left((command.host_id, command.person_id), command.minutes, now)
    if left is None:
        raise Rejected("no-openings", NO_OPENINGS)
    if not left:
        raise Rejected("no-slots", "No time is left. Use `kindred calls open` to say when else to be called.")
    record = CallOfferRecord(offer_id=name, asked_at=now, **command.model_dump())
    event = CallOffered(version=1, offer_id=record.offer_id, **command.model_dump())
    return Decision((record,), (event,), f"Asked by mail; times to choose from: {len(left)}.")


def may_take(offer: CallOfferRecord, booked: CallRecord | None, person_id: str) -> None:
    """Raises Rejected where somebody else was asked, or the call is booked already."""
    if person_id != offer.person_id:
        raise Rejected("not-invited", "Only who was asked can choose the time.")
    if booked is not None and booked.state == "booked":
        raise Rejected("already-booked", "The call is booked already. The coordinator can cancel it.")


def _fields(call: CallRecord) -> dict[str, object]:
    kept = {"version", "call_id", "on", "starts", "minutes", "timezone", "offer_id", "chosen_by", "programme_id"}
    return {**call.model_dump(include=kept), "person_ids": call.people}


def _when(call: CallRecord) -> str:
    return f"{in_words(call.on)}, {call.starts.hour}:{call.starts:%M}, {call.minutes} minutes"
