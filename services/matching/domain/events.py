"""From what matching keeps to what it publishes."""

from collections.abc import Sequence

from services.matching.domain.group_changes import GoneOn
from services.matching.domain.records import BlockedRecord, CohortRecord, GroupRecord
from shared.events.matching import (
    Blocked,
    CohortDrafted,
    CohortFormationFailed,
    CohortFormed,
    CohortRematched,
    GroupChanged,
    GroupFormed,
    Waiting,
)

__all__ = ["cohort_drafted", "cohort_failed", "cohort_formed", "cohort_rematched", "group_changed", "group_formed"]


def cohort_drafted(cohort: CohortRecord) -> CohortDrafted:
    """A draft awaits review."""
    return CohortDrafted(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        groups=cohort.groups,
        waiting=_waiting(cohort),
        version=cohort.version,
    )


def cohort_failed(cohort: CohortRecord, blocking: Sequence[BlockedRecord]) -> CohortFormationFailed:
    """No draft could be made; a published cohort stays as it is."""
    return CohortFormationFailed(
        programme_id=cohort.programme_id,
        blocking=tuple(Blocked(rule=b.rule, school_ids=b.school_ids, sentence=b.sentence) for b in blocking),
        sentence=cohort.sentence,
        version=cohort.version,
    )


def cohort_formed(cohort: CohortRecord) -> CohortFormed:
    """A cohort is published for the first time."""
    return CohortFormed(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        groups=cohort.groups,
        schools=cohort.schools,
        waiting=_waiting(cohort),
        score=cohort.score,
        version=cohort.version,
    )


def cohort_rematched(cohort: CohortRecord, changed: int, formed: int) -> CohortRematched:
    """A re-match of a published cohort is published: so many groups go on with others, so many are new."""
    return CohortRematched(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        groups=cohort.groups,
        schools=cohort.schools,
        changed=changed,
        formed=formed,
        waiting=_waiting(cohort),
        score=cohort.score,
        version=cohort.version,
    )


def group_formed(group: GroupRecord) -> GroupFormed:
    """A group is published for the first time."""
    return GroupFormed(
        group_id=group.group_id,
        cohort_id=group.cohort_id,
        programme_id=group.programme_id,
        revision=group.revision,
        number=group.number,
        school_ids=group.school_ids,
        version=group.version,
    )


def group_changed(before: GroupRecord, after: GoneOn) -> GroupChanged:
    """A published group goes on with other schools."""
    now, was = after.group.school_ids, before.school_ids
    return GroupChanged(
        group_id=before.group_id,
        cohort_id=before.cohort_id,
        programme_id=before.programme_id,
        school_ids=now,
        joined=tuple(school for school in now if school not in was),
        left=tuple(school for school in was if school not in now),
        needs_coordinator=after.needs_coordinator,
        version=after.group.version,
    )


def _waiting(cohort: CohortRecord) -> tuple[Waiting, ...]:
    return tuple(Waiting(school_id=one.school_id, rule=one.rule) for one in cohort.waiting)
