"""From the groups that a search found to the groups of a draft: new groups, and changes of published ones."""

from __future__ import annotations

from collections.abc import Sequence

from services.matching.domain.ids import group_id
from services.matching.domain.records import CohortRecord, GroupRecord, Proposal
from services.matching.domain.relationships import successors

__all__ = ["changed_and_new", "drafted"]


def drafted(cohort: CohortRecord, groups: Sequence[Proposal], number: int = 1) -> tuple[GroupRecord, ...]:
    """New groups of a draft, numbered from `number`."""
    return tuple(
        GroupRecord(
            group_id=group_id(cohort.cohort_id, cohort.revision, group.school_ids),
            cohort_id=cohort.cohort_id,
            programme_id=cohort.programme_id,
            revision=cohort.revision,
            number=at,
            school_ids=group.school_ids,
            ever=group.school_ids,
            middle=group.middle,
            prices=group.prices,
        )
        for at, group in enumerate(groups, start=number)
    )


def changed_and_new(
    cohort: CohortRecord, published: Sequence[GroupRecord], groups: Sequence[Proposal]
) -> tuple[tuple[GroupRecord, ...], tuple[GroupRecord, ...]]:
    """(published groups with a proposal, new groups).

    A group carries on the published group with which it has most schools in common; of two, the one that has met.
    Before the first publication all groups are new.
    """
    open_ = sorted(
        (group for group in published if not group.frozen and group.school_ids), key=lambda group: not group.held
    )
    carried = successors([group.school_ids for group in open_], [group.school_ids for group in groups])
    changed = [
        open_[at].model_copy(update={"proposed": group})
        for at, group in zip(carried, groups, strict=True)
        if at is not None and set(group.school_ids) != set(open_[at].school_ids)
    ]
    ending = [group for at, group in enumerate(open_) if at not in set(carried)]
    changed += [group.model_copy(update={"proposed": Proposal()}) for group in ending]
    new = [group for at, group in zip(carried, groups, strict=True) if at is None]
    last = max((group.number for group in published), default=0)
    return tuple(changed), drafted(cohort, new, number=last + 1)
