"""A coordinator keeps schools together or apart: as far as the hard rules, and groups that have met, let them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from services.matching.domain.decisions.decision import Decision
from services.matching.domain.pin_records import PinsRecord
from services.matching.domain.pins import How, pinned, refusal
from services.matching.domain.records import (
    EnrolmentRecord,
    GroupRecord,
)
from services.matching.domain.relationships import Pairs, relationships
from services.matching.domain.schools import Pins, Round
from shared.errors import Rejected

__all__ = ["Pinning", "named", "pin", "pinning", "refused_by"]


@dataclass(frozen=True, slots=True)
class Pinning:
    """A pin that was asked for: the pins as they would be, and those that hold already because schools have met."""

    programme_id: str
    before: PinsRecord
    ids: tuple[str, ...]
    pins: Pins
    bonds: Pairs

    @property
    def together(self) -> Pairs:
        """All pairs that would have to be in one group."""
        return self.pins.together | self.bonds

    @property
    def concerned(self) -> set[str]:
        """Ids of the schools that decide whether it can be."""
        return {school for pair in self.together for school in pair} | set(self.ids)


def named(urns: Sequence[int], enrolled: Collection[EnrolmentRecord]) -> tuple[str, ...]:
    """Ids of the schools with these URNs, ascending. Raises Rejected for an unknown one, and for fewer than two."""
    by_urn = {one.school.urn: one.school.school_id for one in enrolled}
    for urn in urns:
        if urn not in by_urn:
            raise Rejected("unknown-school", f"No school with URN {urn} takes part in this programme.")
    ids = tuple(sorted(set(by_urn.values())))
    if len(ids) < 2:
        raise Rejected("one-school", "Name at least two different schools.")
    return ids


def pinning(before: PinsRecord, ids: tuple[str, ...], how: How, groups: Collection[GroupRecord]) -> Pinning:
    """The pin, with `groups` that the schools are in.

    Raises Rejected when a group is frozen, or keeping the schools apart would part two that have met. Freeing schools
    of a pin concerns no group.
    """
    here = [] if how == "free" else groups
    parted = {frozenset(pair) for pair in combinations(ids, 2)} if how == "apart" else set()
    for group in here:
        if group.frozen or parted & bonds([group]):
            raise Rejected("frozen-group", f"Group {group.number} has had a visit; its schools stay together.")
    return Pinning(before.programme_id, before, ids, pinned(before.as_pins(), ids, how), bonds(here))


def pin(wish: Pinning, matching: Round, how: How) -> Decision:
    """The pins from the next draft on. `matching`: the round of the schools concerned.

    Raises Rejected with the rule that no group could keep; freeing schools is never refused.
    """
    refused = refused_by(wish, matching)
    if refused and how != "free":
        raise Rejected(*refused)
    sentence = "Counts from the next draft; ask for it with a re-match."
    return Decision(pins=wish.before.changed(wish.pins), sentence=sentence)


def refused_by(wish: Pinning, matching: Round) -> tuple[str, str] | None:
    """The rule, and a sentence, why no group could honour the pins; None when one could."""
    by_id = {school.id: school for school in matching.schools}
    return refusal(matching.rules, replace(wish.pins, together=wish.together), by_id)


def bonds(groups: Iterable[GroupRecord]) -> Pairs:
    """Pairs of schools that stay together because they have met."""
    return relationships(group.school_ids for group in groups if group.held)
