"""Visits: invitations, changes for those they affect, the brief beforehand, and forms afterwards."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import completions, targets
from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import NOTHING, Change, Details
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import Mail
from services.notifications.domain.mailings import Occasion, mails_of
from services.notifications.domain.recipients import Cast
from services.notifications.domain.targets import Concerned, Target, refs_of
from shared.events import either
from shared.events.scheduling import VisitBriefDue, VisitBriefWritten, VisitDayEnded

VisitChange = either.Visit


@dataclass(frozen=True)
class VisitRecords:
    """A visit as it was before, None where it is unknown, its programme, and the people of the host school."""

    programme: Programme | None
    visit: Target | None
    hosts: Sequence[Concerned] = ()
    brief_written: bool = False


def scheduled(records: VisitRecords, event: either.VisitScheduled, now: dt.datetime) -> Decision:
    """Invite everybody who comes, and tell the host."""
    return _changed(records, event, targets.of_visit(event, event.version), Change(), now)


def moved(records: VisitRecords, event: either.VisitMoved, now: dt.datetime) -> Decision:
    """Send the new date. Those who are no longer needed get a cancellation."""
    change = Change(moved_from=event.moved_from, why=event.why)
    return _changed(records, event, targets.of_visit(event, event.version), change, now)


def changed(records: VisitRecords, event: either.VisitChanged, now: dt.datetime) -> Decision:
    """Write to those who joined or left. Write to everybody only if the hours differ."""
    after = targets.of_visit(event, event.version)
    cast = _with_facilitator(targets.affected_by_change(records.visit, after, event.joined, event.left))
    if not targets.same_time(records.visit, after):
        cast = {**cast, "host": records.hosts}
    return _changed(records, event, after, Change(why=event.why), now, cast=cast)


def cancelled(records: VisitRecords, event: either.VisitCancelled, now: dt.datetime) -> Decision:
    """Take it out of everybody's calendar."""
    return _changed(records, event, targets.of_visit(event, event.version, "cancelled"), Change(why=event.why), now)


def brief_written(records: VisitRecords, event: VisitBriefWritten, now: dt.datetime) -> Decision:
    """Send the guests the first brief, and later ones that change how to get in."""
    completed = {completions.brief(event.visit_id): 0}
    visit = records.visit
    if visit is None or visit.state != "scheduled":
        return Decision(completed=completed)
    visit = visit.model_copy(update={"sequence": max(visit.sequence, event.sequence)})
    if records.brief_written and not event.notes_changed:
        return Decision(target=visit, completed=completed)
    guests = [person for person in targets.invited(visit) if person.school_id != visit.host_school_id]
    mails = _mails(records, event, visit, _with_facilitator(guests), now, sequence=visit.sequence)
    return Decision(mails, target=visit, completed=completed)


def brief_due(records: VisitRecords, event: VisitBriefDue, now: dt.datetime) -> Decision:
    """Remind the host."""
    if records.visit is None:
        return Decision()
    return Decision(_mails(records, event, records.visit, {"host": records.hosts}, now))


def day_ended(records: VisitRecords, event: VisitDayEnded, now: dt.datetime) -> Decision:
    """Ask the facilitator who came."""
    if records.visit is None:
        return Decision()
    return Decision(_mails(records, event, records.visit, {"facilitator": _lead(event)}, now))


def held(records: VisitRecords, event: either.VisitHeld, now: dt.datetime) -> Decision:
    """Ask the facilitator for the appraisal, and those present for what they take home."""
    if records.visit is None:
        return Decision()
    present = [
        Concerned(each.person_id, each.role, each.school_id, stands_in=each.substitute_for is not None)
        for each in event.present
    ]
    mails = _mails(records, event, records.visit, {"facilitator": _lead(event), "present": present}, now)
    return Decision(mails, target=records.visit.model_copy(update={"state": "held", "version": event.version}))


def _changed(
    records: VisitRecords,
    event: VisitChange,
    after: Target,
    change: Change,
    now: dt.datetime,
    *,
    cast: Cast | None = None,
) -> Decision:
    """Keep the visit as it is now, and write to ``cast`` or else to everybody. An older version changes nothing."""
    before = records.visit
    if before is not None and before.version >= event.version:
        return Decision()
    if cast is None:
        people = [*targets.invited(after), *targets.no_longer_invited(before, after)]
        cast = {**_with_facilitator(people), "host": records.hosts}
    return Decision(_mails(records, event, after, cast, now, details=change, sequence=event.sequence), target=after)


def _mails(
    records: VisitRecords, event: VisitChange | VisitBriefWritten | VisitBriefDue | VisitDayEnded | either.VisitHeld,
    visit: Target, cast: Cast, now: dt.datetime, *, details: Details = NOTHING, sequence: int = 0,
) -> tuple[Mail, ...]:  # fmt: skip
    occasion = Occasion(
        type(event).__name__, visit.target_id, event.version, refs_of(visit), details, sequence=sequence
    )
    return mails_of(occasion, records.programme, cast, now)


def _with_facilitator(people: Sequence[Concerned]) -> Cast:
    return {
        "attendees": [person for person in people if person.role != "facilitator"],
        "facilitator": [person for person in people if person.role == "facilitator"],
    }


def _lead(event: VisitDayEnded | either.VisitHeld) -> list[Concerned]:
    return [Concerned(event.facilitator_id, "facilitator")] if event.facilitator_id else []
