"""What is remembered of others' events: who takes part, who has met, and who has left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.domain.decisions.decision import Decision
from services.matching.domain.decisions.drafts import Wish, begin
from services.matching.domain.events import group_changed
from services.matching.domain.group_changes import without
from services.matching.domain.pin_records import PinsRecord
from services.matching.domain.records import (
    CohortRecord,
    EnrolmentRecord,
    GroupRecord,
    ProgrammeRecord,
    WaitingRecord,
)
from services.matching.domain.rules import Rule
from services.matching.domain.waiting import Waits
from shared.errors import NotYet
from shared.events import programmes_parts
from shared.events.programmes import EnrolmentAmended, PersonReplaced, SchoolEnrolled, SchoolFacts, SchoolWithdrawn

__all__ = ["InProgramme", "Leaving", "Taking", "changed_facts", "closed", "enrol", "enrolment_of"]
__all__ += ["change_people", "hold", "learn_people", "leave", "replace_person"]

Enrolled = SchoolEnrolled | EnrolmentAmended | programmes_parts.SchoolEnrolled | programmes_parts.EnrolmentAmended


@dataclass(frozen=True, slots=True)
class InProgramme:
    """A school's part in a programme, the programme's cohort, and how many schools are in force."""

    enrolment: EnrolmentRecord
    cohort: CohortRecord | None
    enrolled: int


@dataclass(frozen=True, slots=True)
class Taking:
    """What matching knows where an enrolment is told: how it was, the programme and its cohort.

    `enrolled`: how many schools are in force, as it was; `sharing`: whether one of the people concerned acts for
    another school of the programme, too.
    """

    enrolment: EnrolmentRecord | None
    programme: ProgrammeRecord
    cohort: CohortRecord | None
    enrolled: int
    sharing: bool = False


def enrol(known: Taking, event: Enrolled, now: datetime) -> Decision:
    """A school's part in a programme, as it stands now; an older event changes nothing.

    Where there is a draft, it is worked out anew, unless enrolment is open. A published cohort stays as it is: a school
    that comes late waits, and says so.
    """
    before, cohort = known.enrolment, known.cohort
    if before is not None and before.version >= event.version:
        return Decision()
    closed = before is not None and before.closed
    after = enrolment_of(event, closed=closed)
    joins = before is None or before.withdrawn
    if cohort is None or (before is not None and after.says_the_same(before)):
        return Decision(enrolment=after)
    if joins and cohort.published:
        school = after.as_school()
        late = WaitingRecord(school_id=school.id, rule=Rule.LATE, sentence=Waits(school, Rule.LATE, 0, 0).sentence)
        cohort = cohort.with_waiting(late)
    return _drafted_anew(known, cohort, after, known.enrolled + joins, now)


def enrolment_of(told: Enrolled, *, closed: bool = False) -> EnrolmentRecord:
    """What matching keeps of an enrolment."""
    return EnrolmentRecord.model_validate({**told.model_dump(), "closed": closed, "people_known": told.version})


def learn_people(known: EnrolmentRecord | None, event: SchoolEnrolled | EnrolmentAmended | PersonReplaced) -> Decision:
    """Who takes part, from the history, for an enrolment that was stored before its people were kept."""
    if known is None or not known.people_known < event.version <= known.version:
        return Decision()
    if isinstance(event, PersonReplaced):
        after = known.replaced(event.role, event.replaced_by, known.version)
    else:
        after = known.model_copy(update={"people": enrolment_of(event).people})
    return Decision(enrolment=after.model_copy(update={"people_known": event.version}))


def _drafted_anew(
    known: Taking, cohort: CohortRecord, after: EnrolmentRecord, enrolled: int, now: datetime
) -> Decision:
    """The enrolment as it stands now, and a draft in work begun anew. `cohort`: with who waits now."""
    if cohort.state != "published" and not known.programme.enrolling_again:
        return replace(begin(after.programme_id, cohort, enrolled, Wish(cohort.seed), now), enrolment=after)
    if cohort == known.cohort:
        return Decision(enrolment=after)
    return Decision(enrolment=after, cohort=cohort.model_copy(update={"version": cohort.version + 1}))


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


def replace_person(known: Taking, event: PersonReplaced, now: datetime) -> Decision:
    """Somebody else has taken over a role at a school; an older event changes nothing.

    A draft is worked out anew where one of the two acts for another school of the programme, too.
    """
    before = known.enrolment
    if before is None or before.version >= event.version:
        return Decision()
    after = before.replaced(event.role, event.replaced_by, event.version)
    attends = event.role in known.programme.terms.attending
    if known.cohort is None or before.withdrawn or not (known.sharing and attends):
        return Decision(enrolment=after)
    return _drafted_anew(known, known.cohort, after, known.enrolled, now)


def change_people(programme: ProgrammeRecord, cohort: CohortRecord | None, enrolled: int, now: datetime) -> Decision:
    """Somebody who comes to visits for two schools does so newly, or no more: a draft is worked out anew."""
    if cohort is None or cohort.state == "published" or programme.enrolling_again:
        return Decision()
    return begin(programme.programme_id, cohort, enrolled, Wish(cohort.seed), now)


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


def leave(known: Leaving, event: SchoolWithdrawn | programmes_parts.SchoolWithdrawn, now: datetime) -> Decision:
    """A school is out of later drafts, of its group, and of what the coordinator pinned. Raises NotYet while untold."""
    enrolment = known.enrolment
    if enrolment is None or enrolment.withdrawn or enrolment.version >= event.version:
        return Decision()
    if known.untold:
        raise NotYet("Events of groups are still being published.")
    decision, cohort = Decision(), known.cohort and known.cohort.without_waiting(event.school_id)
    if cohort is not None and cohort.state != "published":
        decision = begin(event.programme_id, cohort, known.enrolled - 1, Wish(cohort.seed), now)
    elif cohort is not None and cohort != known.cohort:
        decision = Decision(cohort=cohort.model_copy(update={"version": cohort.version + 1}))
    if cohort is not None and cohort.published and known.group is not None:
        smaller = without(known.group, event.school_id)
        changed = group_changed(known.group, smaller)
        decision = replace(decision, groups=(smaller.group,), events=(*decision.events, changed))
    return replace(
        decision,
        enrolment=enrolment.model_copy(update={"withdrawn": True, "version": event.version}),
        pins=known.pins.without(event.school_id) if known.pins.names(event.school_id) else None,
    )
