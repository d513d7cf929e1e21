"""Days that people agree: whose turn it is hears of it, and agreed days go into everybody's calendar."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Change, Days, Details
from services.notifications.domain.directory import Programme
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.mail import Mail, compose_row
from services.notifications.domain.recipients import Letter, Method
from services.notifications.domain.targets import Target, no_longer_invited, of_agreed
from services.notifications.domain.template_mails.people import COORDINATOR, Recipient, letter_to
from shared.events import agreed_visits as told

TOLD_BESIDE = frozenset({"postponed", "placement-ended"})
"""Why days are cancelled of which everybody hears in one mail: that the programme pauses, or a placement ends."""
VisitEvent = told.AgreedVisitScheduled | told.AgreedVisitMoved | told.AgreedVisitChanged | told.AgreedVisitCancelled


@dataclass(frozen=True)
class AgreedRecords:
    """The programme, whom a mail is for, the day as it was before, and the entries to read before it, as refs."""

    programme: Programme
    people: Sequence[Recipient] = ()
    before: Target | None = None
    reading: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sending:
    """A mail to several people: its kind, what it is unique by, its ids and details."""

    kind: str
    cause: str
    refs: dict[str, str]
    details: Details


def asked(records: AgreedRecords, event: told.DaysAsked | told.DaysResumed, now: dt.datetime) -> Decision:
    """Ask everybody concerned for days."""
    details = Days(stage="asked", last=event.last, needed=event.needed)
    cause = f"DaysAsked/{event.arrangement_id}/{event.version}"
    return Decision(_to(records, Sending("days", cause, _refs(event), details), now))


def proposed(records: AgreedRecords, event: told.DaysProposed, now: dt.datetime) -> Decision:
    """Ask those whose turn it is to choose; however often somebody proposes in a day, they hear once."""
    facts = event.model_dump(include={"days", "until", "timezone", "needed"})
    cause = f"DaysProposed/{event.arrangement_id}/{event.person_id}/{now.date()}"
    details = Days(stage="proposed", **facts)
    return Decision(_to(records, Sending("days", cause, _refs(event, event.person_id), details), now))


def declined(records: AgreedRecords, event: told.DaysDeclined, now: dt.datetime) -> Decision:
    """Tell the coordinator."""
    cause = f"DaysDeclined/{event.arrangement_id}/{event.version}"
    sending = Sending("days-declined", cause, _refs(event, event.person_id), Days(stage="declined"))
    return Decision(_to(records, sending, now))


def visit(records: AgreedRecords, event: VisitEvent, now: dt.datetime) -> Decision:
    """Put the day into everybody's calendar, change it there, or take it out. An older version changes nothing.

    Days that a pause or the end of a placement takes away stand, with their calendar entries, in the mail that says so.
    """
    before = records.before
    if before is not None and before.version >= event.version:
        return Decision()
    gone = isinstance(event, told.AgreedVisitCancelled)
    if isinstance(event, told.AgreedVisitCancelled) and event.why in TOLD_BESIDE:
        return Decision(target=of_agreed(event, event.version, "cancelled"))
    after = of_agreed(event, event.version, "cancelled" if gone else "scheduled")
    invited = [Recipient(one.person_id, one.role, one.school_id) for one in after.attendees]
    left = [Recipient(one.person_id, one.role, one.school_id) for one in no_longer_invited(before, after)]
    letters = [_letter("agreed-day-cancelled" if gone else "agreed-day", one, cancels=gone) for one in invited]
    letters += [_letter("agreed-day", one, cancels=True) for one in left]
    who = getattr(event, "by", "")
    by = {"person": who} if who else {}
    change = Change(moved_from=getattr(event, "moved_from", None), why=getattr(event, "why", ""))
    mails = (
        compose_row(
            letter, f"{type(event).__name__}/{event.visit_id}/{event.version}", now,
            programme_id=records.programme.programme_id, refs={**refs_of(after), **by, **records.reading},
            details=change, sequence=event.sequence,
        )
        for letter in letters
    )  # fmt: skip
    return Decision(tuple(mails), target=after)


def held(records: AgreedRecords, event: told.AgreedVisitHeld) -> Decision:
    """It is over: nothing more is sent about it."""
    before = records.before
    if before is not None and before.version >= event.version:
        return Decision()
    return Decision(target=of_agreed(event, event.version, "held"))


def pack_written(records: AgreedRecords, target: Target, entry_id: str, now: dt.datetime) -> Decision:
    """Tell those who come from elsewhere that the host's notes can be read: once a day that they are for."""
    refs = {**refs_of(target), "pack": entry_id}
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "host-pack", essential=True), f"once/{target.target_id}/{entry_id}", now,
                programme_id=records.programme.programme_id, refs=refs, details=Details(),
            )
            for one in records.people
        )
    )  # fmt: skip


def visitors(target: Target) -> list[Recipient]:
    """Those who are invited from other schools than the host."""
    return [
        Recipient(one.person_id, one.role, one.school_id)
        for one in target.attendees
        if one.school_id != target.at_school
    ]


def refs_of(target: Target) -> dict[str, str]:
    """The ids that mails about an agreed day need; the placement is kept as its group."""
    people = " ".join(one.person_id for one in target.attendees)
    return {
        "target": target.target_id, "target_kind": target.kind, "match": target.group_id or "",
        "activity": target.activity, "school": target.at_school or "", "people": people,
    }  # fmt: skip


def _letter(kind: str, someone: Recipient, *, cancels: bool) -> Letter:
    method: Method = "CANCEL" if cancels else "REQUEST"
    place = someone.person_id, someone.role, someone.school_id
    return Letter(KINDS[kind], *place, "attendees", essential=True, method=method)


def _to(records: AgreedRecords, sending: Sending, now: dt.datetime) -> tuple[Mail, ...]:
    return tuple(
        compose_row(
            letter_to(one, sending.kind, essential=True), sending.cause, now,
            programme_id=records.programme.programme_id, refs=sending.refs, details=sending.details,
        )
        for one in records.people
    )  # fmt: skip


def _refs(event: told.ArrangementFacts, person: str = "") -> dict[str, str]:
    refs = {
        "match": event.match_id, "activity": event.activity, "school": event.host_school_id,
        "arrangement": event.arrangement_id,
    }  # fmt: skip
    return {**refs, "person": person} if person else refs


def coordinator(programme: Programme) -> list[Recipient]:
    """Who coordinates the programme."""
    return [Recipient(programme.coordinator_id, COORDINATOR)]
