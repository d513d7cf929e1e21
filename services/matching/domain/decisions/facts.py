"""What is remembered of others' events: who takes part, who has met, and who has left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.domain.decisions.decision import Decision
from services.matching.domain.decisions.drafts import Wish, begin
from services.matching.domain.events import group_changed
from services.matching.domain.group_changes import without
from services.matching.domain.records import CohortRecord, EnrolmentRecord, GroupRecord, PinsRecord
from shared.errors import NotYet
from shared.events.programmes import EnrolmentAmended, PersonReplaced, SchoolEnrolled, SchoolFacts, SchoolWithdrawn

__all__ = ["InProgramme", "Leaving", "changed_facts", "closed", "enrol", "hold", "leave", "replace_person"]


@dataclass(frozen=True, slots=True)
class InProgramme:
    """A school's part in a programme, the programme's cohort, and how many schools are in force."""

    enrolment: EnrolmentRecord
    cohort: CohortRecord | None
    enrolled: int


def enrol(known: EnrolmentRecord | None, event: SchoolEnrolled | EnrolmentAmended) -> Decision:
    """A school's part in a programme, as it stands now; an older event changes nothing."""
    if known is not None and known.version >= event.version:
        return Decision()
    closed = known is not None and known.closed
    return Decision(enrolment=EnrolmentRecord.model_validate({**event.model_dump(), "closed": closed}))


def changed_facts(known: InProgramme, school: SchoolFacts, now: datetime) -> Decision:
    """The register says something else about a school, or that it is open again; a draft in work begins anew."""
    return _anew(known, known.enrolment.model_copy(update={"school": school, "closed": False}), now)


def closed(known: InProgramme, now: datetime) -> Decision:
    """A school has closed: it is in no group of a later draft, and a draft in work begins anew."""
    return _anew(known, known.enrolment.model_copy(update={"closed": True}), now)


def _anew(known: InProgramme, after: EnrolmentRecord, now: datetime) -> Decision:
    """The enrolment as it stands now. A published cohort stays: the coordinator decides about that."""
    cohort, before = known.cohort, known.enrolment
    if after == before:
        return Decision()
    if before.withdrawn or cohort is None or cohort.state == "published":
        return Decision(enrolment=after)
    decision = begin(before.programme_id, cohort, known.enrolled, Wish(cohort.seed), now)
    return replace(decision, enrolment=after)


def replace_person(known: EnrolmentRecord | None, event: PersonReplaced) -> Decision:
    """Somebody else has taken over a role at a school; an older event changes nothing."""
    if known is None or known.version >= event.version:
        return Decision()
    return Decision(enrolment=known.replaced(event.role, event.replaced_by, event.version))


def hold(group: GroupRecord | None) -> Decision:
    """A group has met: from now on a re-match leaves it as it is."""
    if group is None or group.held:
        return Decision()
    return Decision(groups=(group.model_copy(update={"held": True}),))


@dataclass(frozen=True, slots=True)
class Leaving:
    """What matching knows of a school that leaves.

    `untold`: groups of its cohort are still being published; `group`: its published group; `enrolled`: how many schools
    are in force, this one counted.
    """

    enrolment: EnrolmentRecord | None
    pins: PinsRecord
    cohort: CohortRecord | None
    untold: bool
    group: GroupRecord | None
    enrolled: int


def leave(known: Leaving, event: SchoolWithdrawn, now: datetime) -> Decision:
    """A school is out of later drafts, of its group, and of what the coordinator pinned. Raises NotYet while untold."""
    enrolment = known.enrolment
    if enrolment is None or enrolment.withdrawn or enrolment.version >= event.version:
        return Decision()
    if known.untold:
        raise NotYet("The groups are still being told.")
    decision, cohort = Decision(), known.cohort
    if cohort is not None and cohort.state != "published":
        decision = begin(event.programme_id, cohort, known.enrolled - 1, Wish(cohort.seed), now)
    if cohort is not None and cohort.published and known.group is not None:
        smaller = without(known.group, event.school_id)
        changed = group_changed(known.group, smaller)
        decision = replace(decision, groups=(smaller.group,), events=(*decision.events, changed))
    return replace(
        decision,
        enrolment=enrolment.model_copy(update={"withdrawn": True, "version": event.version}),
        pins=known.pins.without(event.school_id) if known.pins.names(event.school_id) else None,
    )
