"""Agreed days and calls: people get the days on offer, then a calendar entry for what is settled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import completions, targets
from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import NOTHING, CallLength, Details, Offers
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import Mail
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.routing import DATES
from services.notifications.domain.targets import Concerned, Target
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)


@dataclass(frozen=True)
class DateRecords:
    """People with their role in the programme that they share, if any, and the day or call as it was before."""

    programme: Programme | None
    people: Sequence[Concerned]
    target: Target | None = None

    @property
    def programme_id(self) -> str:
        """The id of the programme that they share, or nothing."""
        return self.programme.programme_id if self.programme else ""


def offered(records: DateRecords, event: DatesOffered, now: dt.datetime) -> Decision:
    """List the days on offer and ask for an answer."""
    offers = Offers(offers=event.offers, deadline=event.deadline, timezone=event.timezone)
    refs = _refs(event.agreement_id, "agreed-day", records.people)
    occasion = Occasion("DatesOffered", event.agreement_id, event.version, refs, offers)
    return Decision(mails_of(occasion, records.programme, {"asked": records.people}, now, DATES))


def refused(records: DateRecords, event: DatesRefused, now: dt.datetime) -> Decision:
    """Tell the coordinator of the programme that they share, if any, that other days are needed."""
    if records.programme is None:
        return Decision()
    refs = {"target": event.agreement_id, "people": " ".join(event.person_ids)}
    occasion = Occasion("DatesRefused", event.agreement_id, event.version, refs)
    return Decision(mails_of(occasion, records.programme, to_coordinator(records.programme), now, DATES))


def agreed(records: DateRecords, event: DatesAgreed | DatesWithdrawn, now: dt.datetime) -> Decision:
    """Put the day into everybody's calendar, or take it out."""
    completed = {completions.settled(event.agreement_id): 0}
    target = targets.of_agreement(event, records.people, records.programme_id)
    if _stale(records, target):
        return Decision(completed=completed)
    return Decision(_settled(records, type(event).__name__, target, now), target=target, completed=completed)


def call_offered(records: DateRecords, event: CallOffered, now: dt.datetime) -> Decision:
    """Ask somebody to choose a time for a call with the host."""
    refs = {"target": event.offer_id, "target_kind": "call-offer", "people": f"{event.host_id} {event.person_id}"}
    occasion = Occasion("CallOffered", event.offer_id, event.version, refs, CallLength(minutes=event.minutes))
    asked = [person for person in records.people if person.person_id == event.person_id]
    return Decision(mails_of(occasion, records.programme, {"asked": asked}, now, DATES))


def call(records: DateRecords, event: CallBooked | CallCancelled, now: dt.datetime) -> Decision:
    """Put a call into everybody's calendar, or take it out."""
    state: targets.State = "cancelled" if isinstance(event, CallCancelled) else "scheduled"
    target = targets.of_call(event, records.people, records.programme_id, event.version, state)
    if _stale(records, target):
        return Decision()
    length = CallLength(minutes=event.minutes, chosen_by=event.chosen_by or "")
    return Decision(_settled(records, type(event).__name__, target, now, length), target=target)


def _stale(records: DateRecords, target: Target) -> bool:
    return records.target is not None and records.target.version >= target.version


def _settled(
    records: DateRecords, event: str, target: Target, now: dt.datetime, details: Details = NOTHING
) -> tuple[Mail, ...]:
    refs = _refs(target.target_id, target.kind, records.people)
    occasion = Occasion(event, target.target_id, target.version, refs, details, sequence=target.sequence)
    return mails_of(occasion, records.programme, {"attendees": records.people}, now, DATES)


def _refs(target_id: str, kind: targets.Kind, people: Sequence[Concerned]) -> dict[str, str]:
    return {"target": target_id, "target_kind": kind, "people": " ".join(person.person_id for person in people)}
