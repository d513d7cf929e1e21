"""What becomes of a published group when a school leaves, or a re-match changes its schools."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.domain.records import GroupRecord, Proposal
from services.matching.domain.waiting import FEWEST

__all__ = ["GoneOn", "gone_on", "overtaken", "without"]


@dataclass(frozen=True, slots=True)
class GoneOn:
    """A group as it goes on. With one or two schools left, a coordinator has to decide."""

    group: GroupRecord
    needs_coordinator: bool


def without(group: GroupRecord, school_id: str) -> GoneOn:
    """The group without a school. It is remembered that they were grouped."""
    prices = {school: price for school, price in group.prices.items() if school != school_id}
    stays = tuple(one for one in group.school_ids if one != school_id)
    return _with(group, Proposal(school_ids=stays, middle=group.middle, prices=prices))


def gone_on(group: GroupRecord) -> GoneOn:
    """The group as proposed. Without schools it is dissolved, and nobody has to decide."""
    return _with(
        group, group.proposed or Proposal(school_ids=group.school_ids, middle=group.middle, prices=group.prices)
    )


def overtaken(group: GroupRecord) -> bool:
    """Whether the proposal came too late: the group is frozen, or would lose a school that has met."""
    torn = len(group.school_ids) > 1 and not set(group.school_ids) <= set(group.members)
    return group.frozen or (group.held and torn)


def _with(group: GroupRecord, after: Proposal) -> GoneOn:
    schools = after.school_ids
    update = {
        "school_ids": schools,
        "ever": tuple(sorted({*group.ever, *group.school_ids, *schools})),
        "middle": after.middle,
        "prices": after.prices,
        "proposed": None,
        "version": group.version + 1,
        "told": True,
    }
    return GoneOn(group.model_copy(update=update), needs_coordinator=0 < len(schools) < FEWEST)
