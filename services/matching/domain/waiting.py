"""The waiting list: schools without a group, each with the rule behind it and what relaxing it would give."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from services.matching.domain.rules import PAIR_RULES, RELAXING, SENTENCES, Rule
from services.matching.domain.schools import School

FEWEST = 3
IMPOSSIBLE = 5


@dataclass(frozen=True, slots=True)
class Waits:
    """A school without a group. `partners` could be with it now, `gained` more if the rule were relaxed.

    Where `gained` is 0 the rule keeps partners from one another. `pinned`: other schools that are pinned together and
    leave it no group.
    """

    school: School
    rule: Rule
    partners: int
    gained: int
    pinned: tuple[School, ...] = ()

    @property
    def sentence(self) -> str:
        """Why, and what would help, for a coordinator."""
        name = self.school.called
        help_ = f"To help: {RELAXING[self.rule]}."
        if self.pinned:
            names = ", ".join(one.called for one in self.pinned)
            return f"{name} waits: there is no group for it while {names} are kept together. {help_}"
        if self.rule not in PAIR_RULES:
            return f"{name} waits: {SENTENCES[self.rule]}. {help_}"
        could = f"{self.partners} of the other schools may be with it"
        if not self.gained:
            return f"{name} waits: {could}, but not with one another: {SENTENCES[self.rule]}. {help_}"
        return f"{name} waits: {could}; {self.gained} more might, but {SENTENCES[self.rule]}. {help_}"


def impossible(count: int, sizes: Collection[int] = (3, 4)) -> str:
    """Why so many schools cannot be split into groups of these sizes; "" when they can."""
    fewest = min(sizes)
    if count < fewest:
        return f"{count} {'school is' if count == 1 else 'schools are'} enrolled; the smallest group has {fewest}."
    if count == IMPOSSIBLE and len(sizes) > 1:
        return "5 schools cannot be split into groups of 3 and 4: one more or one fewer is needed."
    return ""
