"""Events for the whole cohort: invitations and their changes, and the survey afterwards."""

import datetime as dt
from dataclasses import dataclass, replace

from services.notifications.domain import targets
from services.notifications.domain.decisions import courses
from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Change
from services.notifications.domain.directory import Programme
from services.notifications.domain.mailings import Occasion, mails_of
from services.notifications.domain.recipients import Cast
from services.notifications.domain.targets import Concerned, Target, refs_of
from shared.events import either

EventChange = either.CohortEvent
PROGRAMME = "programme"
"""Why an invitation goes out anew although date and place stay: the coordinator wants the agenda to be known."""


@dataclass(frozen=True)
class EventRecords:
    """A cohort event as it was before, None where it is unknown, and its programme."""

    programme: Programme | None
    target: Target | None


def scheduled(records: EventRecords, event: either.CohortEventScheduled, now: dt.datetime) -> Decision:
    """Invite everybody; to a day of a course together with its other days."""
    before, programme = records.target, records.programme
    if programme and courses.is_of_course(programme, event.activity):
        if before is not None and before.version >= event.version:
            return Decision()
        target = targets.of_cohort_event(event, event.version)
        return courses.invited(programme, target, targets.invited(target), f"scheduled/{event.version}", now)
    return _changed(records, event, targets.of_cohort_event(event, event.version), Change(), now)


def moved(records: EventRecords, event: either.CohortEventMoved, now: dt.datetime) -> Decision:
    """Send the new date."""
    change = Change(moved_from=event.moved_from, why=event.why)
    return _changed(records, event, targets.of_cohort_event(event, event.version), change, now)


def changed(records: EventRecords, event: either.CohortEventChanged, now: dt.datetime) -> Decision:
    """Write to those who joined or left. Write to everybody only if hours or place differ, or the programme does."""
    after = targets.of_cohort_event(event, event.version)
    if event.why == PROGRAMME:
        return _changed(records, event, after, Change(why=event.why), now)
    people = targets.affected_by_change(records.target, after, event.joined, event.left)
    if not records.programme or not courses.is_of_course(records.programme, event.activity):
        return _changed(records, event, after, Change(why=event.why), now, cast={"attendees": people})
    joined = [one for one in people if one.person_id in event.joined and not one.left]
    gone = [one for one in people if one.left]
    others = [one for one in people if one not in joined and one not in gone]
    decision = _changed(records, event, after, Change(why=event.why), now, cast={"attendees": others})
    if decision.target is None or not (joined or gone):
        return decision
    occasion = f"changed/{event.version}"
    more = courses.invited(records.programme, after, joined, occasion, now)
    less = courses.gone(records.programme, after, gone, occasion, now)
    return replace(decision, gathered=(*more.gathered, *less))


def cancelled(records: EventRecords, event: either.CohortEventCancelled, now: dt.datetime) -> Decision:
    """Take it out of everybody's calendar."""
    after = targets.of_cohort_event(event, event.version, "cancelled")
    return _changed(records, event, after, Change(why=event.why), now)


def held(records: EventRecords, event: either.CohortEventHeld, now: dt.datetime) -> Decision:
    """Ask those who were there to fill in the survey."""
    known = records.target
    if known is None:
        return Decision()
    present = [Concerned(each.person_id, each.role, each.school_id) for each in event.present]
    occasion = Occasion("CohortEventHeld", event.event_id, event.version, refs_of(known))
    return Decision(
        mails_of(occasion, records.programme, {"present": present}, now),
        target=known.model_copy(update={"state": "held", "version": event.version}),
    )


def _changed(
    records: EventRecords,
    event: EventChange,
    after: Target,
    change: Change,
    now: dt.datetime,
    *,
    cast: Cast | None = None,
) -> Decision:
    before = records.target
    if before is not None and before.version >= event.version:
        return Decision()
    everybody: Cast = {"attendees": [*targets.invited(after), *targets.no_longer_invited(before, after)]}
    occasion = Occasion(
        type(event).__name__, event.event_id, event.version, refs_of(after), change, sequence=event.sequence
    )
    return Decision(mails_of(occasion, records.programme, cast or everybody, now), target=after)
