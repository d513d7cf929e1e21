"""What becomes of a published group when a school leaves it."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.domain.records import GroupRecord
from services.matching.domain.waiting import FEWEST

__all__ = ["Smaller", "without"]


@dataclass(frozen=True, slots=True)
class Smaller:
    """The group that is left. Fewer than three schools cannot go on by themselves: a person decides."""

    group: GroupRecord
    needs_coordinator: bool


def without(group: GroupRecord, school_id: str) -> Smaller:
    """The group without a school; that they were grouped is remembered."""
    rest = tuple(one for one in group.school_ids if one != school_id)
    ever = tuple(sorted({*group.ever, *group.school_ids}))
    left = group.model_copy(update={"school_ids": rest, "ever": ever, "version": group.version + 1})
    return Smaller(left, needs_coordinator=len(rest) < FEWEST)
