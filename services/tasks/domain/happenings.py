"""What happened, from the events that say so: one table from event to (anchor, state, thing, situation).

An anchor is what a template calls the activity, form or moment; rounds and reports that the events name by kind only
stand under `@` and that kind. A new kind of event is one more line in `TABLE`.
"""

from collections.abc import Callable
from typing import Any

from services.tasks.domain.agreed import ARRANGED
from services.tasks.domain.courses import COURSES
from services.tasks.domain.happening import EXCEPTED, GROUPS, Found, Happening
from services.tasks.domain.meetings import event, event_held, visit, visit_held
from services.tasks.domain.weeks import WEEKS
from shared.events import (
    matching,
    pairs,
    participation,
    parties,
    placements,
    programmes,
    reporting,
    reports,
    rounds,
    scheduling,
)
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.events.either import in_both
from shared.template.kinds import JOINED, SUBJECTS


def happenings(event: Event) -> tuple[Happening, ...]:
    """What the event says happened; empty for an event that is not in the table."""
    row = TABLE.get(type(event))
    return tuple(row(event)) if row else ()


def _group(event: matching.GroupFormed | matching.GroupChanged) -> Found:
    """A group is one thing; that its schools have a group happened to each of them."""
    state = "published" if isinstance(event, matching.GroupFormed) else "changed"
    yield Happening(
        programme_id=event.programme_id,
        kind="group",
        about_id=event.group_id,
        source="group",
        version=event.version,
        anchor=GROUPS,
        states=(state,),
        facts={
            "cohort_id": event.cohort_id,
            "group_id": event.group_id,
            "group_school_ids": event.school_ids,
            "gone": "" if event.school_ids else "cancelled",
        },
    )
    left: tuple[str, ...] = getattr(event, "left", ())
    joined: tuple[str, ...] = getattr(event, "joined", event.school_ids)
    for school in (*event.school_ids, *left):
        out = school in left
        yield Happening(
            programme_id=event.programme_id,
            kind="school",
            about_id=school,
            source=event.group_id,
            version=event.version,
            anchor=GROUPS,
            states=("published",) if school in joined else (),
            undone=("published",) if out else (),
            facts={"school_id": school} if out else {"school_id": school, "cohort_id": event.cohort_id},
        )


def _school(*, withdrawn: bool) -> Callable[[Any], Found]:
    def read(event: Any) -> Found:
        school = event.school_id if withdrawn else event.school.school_id
        yield Happening(
            programme_id=event.programme_id,
            kind="school",
            about_id=school,
            source=event.enrolment_id,
            version=event.version,
            facts={"school_id": school},
            withdrawn=withdrawn,
        )

    return read


def _role(event: parts.RoleTaken) -> Found:
    """A school is known as soon as somebody has a role there."""
    if event.school_id:
        yield Happening(
            programme_id=event.programme_id,
            kind="school",
            about_id=event.school_id,
            source=event.membership_id,
            version=event.version,
            facts={"school_id": event.school_id},
        )


def _party(event: parties.PartyEnrolled | parties.PartyAmended | parties.PartyWithdrawn) -> Found:
    """That a school came to its party part-way happened to the school, until it leaves."""
    for school_id in dict.fromkeys(one.school_id for one in event.schools):
        last = [one for one in event.schools if one.school_id == school_id][-1]
        joined = last.part_way and last.until is None
        yield Happening(
            programme_id=event.programme_id,
            kind="school",
            about_id=school_id,
            source=event.party_id,
            version=event.version,
            anchor=JOINED,
            states=("published",) if joined else (),
            undone=() if joined else ("published",),
            on=last.since if joined else None,
            facts={"school_id": school_id},
        )


def _excepted(event: participation.RuleExcepted) -> Found:
    """A school need not have entries of a form."""
    yield Happening(
        programme_id=event.programme_id,
        kind="school",
        about_id=event.school_id,
        source=event.participation_id,
        version=event.version,
        anchor=EXCEPTED,
        states=(event.of,) if event.of else (),
        facts={"school_id": event.school_id},
    )


def _placement(*, ended: bool) -> Callable[[Any], Found]:
    """Somebody is placed to a thing: the round is published for them; the match is one thing, whoever goes on in it."""

    def read(event: Any) -> Found:
        yield Happening(
            programme_id=event.programme_id,
            kind="match",
            about_id=event.match_id,
            source="match",
            version=event.version,
            anchor=event.round,
            states=() if ended else ("published",),
            facts={
                "cohort_id": event.cohort_id,
                "person_id": event.person_id,
                "school_id": event.school_id,
                "host_school_id": event.host_school_id,
                "gone": "cancelled" if ended else "",
            },
        )

    return read


def _pair(*, ended: bool) -> Callable[[Any], Found]:
    """People are together: the round is published for them; the pair is one thing, whoever joins or leaves it."""

    def read(event: Any) -> Found:
        yield Happening(
            programme_id=event.programme_id,
            kind="pair",
            about_id=event.pair_id,
            source="pair",
            version=event.version,
            anchor=event.round,
            states=() if ended or event.joined else ("published",),
            joined=() if ended else event.joined,
            facts={
                "partner_ids": event.person_ids,
                "guest_school_ids": event.school_ids,
                "gone": "cancelled" if ended else "",
            },
        )

    return read


def _report(state: str) -> Callable[[Any], Found]:
    def read(event: Any) -> Found:
        visit, school = getattr(event, "visit_id", None), event.school_id
        if visit or school:
            yield Happening(
                programme_id=event.programme_id,
                kind="visit" if visit else "school",
                about_id=visit or school,
                source=event.report_id,
                version=event.version,
                anchor=event.kind,
                states=(state,),
                facts={} if visit else {"school_id": school},
            )

    return read


def _made(state: str) -> Callable[[Any], Found]:
    """A report that a template declares: of the thing that it is about, or of the school of somebody's record."""

    def read(event: Any) -> Found:
        known = event.about in SUBJECTS and event.about not in {"programme", "cohort", "entry", "action"}
        if known or event.school_id:
            yield Happening(
                programme_id=event.programme_id,
                kind=event.about if known else "school",
                about_id=event.about_id if known else event.school_id,
                source=event.report_id,
                version=event.version,
                anchor=event.report,
                states=(state,),
                facts={} if known else {"school_id": event.school_id},
            )

    return read


TABLE: dict[type[Event], Callable[[Any], Found]] = {
    programmes.SchoolEnrolled: _school(withdrawn=False),
    programmes.EnrolmentAmended: _school(withdrawn=False),
    programmes.SchoolWithdrawn: _school(withdrawn=True),
    parts.SchoolEnrolled: _school(withdrawn=False),
    parts.EnrolmentAmended: _school(withdrawn=False),
    parts.SchoolWithdrawn: _school(withdrawn=True),
    parts.RoleTaken: _role,
    parties.PartyEnrolled: _party,
    parties.PartyAmended: _party,
    parties.PartyWithdrawn: _party,
    participation.RuleExcepted: _excepted,
    matching.GroupFormed: _group,
    matching.GroupChanged: _group,
    placements.PersonPlaced: _placement(ended=False),
    placements.PlacementEnded: _placement(ended=True),
    pairs.PairFormed: _pair(ended=False),
    pairs.PairEnded: _pair(ended=True),
    **in_both(
        {
            scheduling.VisitScheduled: visit("dated", "invited"),
            scheduling.VisitMoved: visit("moved", "invited"),
            scheduling.VisitChanged: visit("changed"),
            scheduling.VisitCancelled: visit("cancelled", gone="cancelled"),
            scheduling.VisitHeld: visit_held,
            scheduling.CohortEventScheduled: event("dated", "invited"),
            scheduling.CohortEventMoved: event("moved", "invited"),
            scheduling.CohortEventChanged: event("changed"),
            scheduling.CohortEventCancelled: event("cancelled", gone="cancelled"),
            scheduling.CohortEventHeld: event_held,
        }
    ),
    **ARRANGED,
    **WEEKS,
    **COURSES,
    reporting.ReportCompiled: _report("compiled"),
    reporting.ReportFailed: _report("failed"),
    reports.ReportCompiled: _made("compiled"),
    reports.ReportReleased: _made("released"),
    reports.ReportFailed: _made("failed"),
}


MomentEvent = (
    parts.MomentReached
    | matching.CohortFormed
    | matching.CohortRematched
    | rounds.RoundClosed
    | rounds.RoundPublished
    | programmes.EnrolmentClosed
    | parts.EnrolmentClosed
)
"""Events of a whole programme: moments of its clock, and what its rounds have come to."""


def moment(event: MomentEvent) -> tuple[str, str]:
    """The anchor and state that the event brings."""
    match event:
        case parts.MomentReached(moment=key, state=state):
            return key, state
        case rounds.RoundClosed(round=key):
            return key, "closed"
        case rounds.RoundPublished(round=key):
            return key, "published"
        case matching.CohortFormed():
            return GROUPS, "published"
        case matching.CohortRematched():
            return GROUPS, "changed"
        case _:
            return GROUPS, "closed"
