"""The waiting list: which rule leaves a school without a group, and what relaxing it would give.

The rule named is the one whose relaxing would give the school a group, and the most partners. Where no single rule is
to blame, it is the one that keeps most schools away.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from services.matching.domain.rules import PAIR_RULES, RELAXING, SENTENCES, Rule, broken
from services.matching.domain.schools import Round, School
from services.matching.domain.vacancies import has_group, pin_in_the_way

FEWEST = 3
IMPOSSIBLE = 5


@dataclass(frozen=True, slots=True)
class Waits:
    """A school without a group. `partners` could be with it now, `gained` more if the rule were relaxed.

    `pinned`: other schools that are pinned together and leave it no group.
    """

    school: School
    rule: Rule
    partners: int
    gained: int
    pinned: tuple[School, ...] = ()

    @property
    def sentence(self) -> str:
        """Why, and what would help, for a coordinator."""
        name = self.school.name or self.school.id
        help_ = f"To help: {RELAXING[self.rule]}."
        if self.pinned:
            names = ", ".join(one.name or one.id for one in self.pinned)
            return f"{name} waits: there is no group for it while {names} are kept together. {help_}"
        if self.rule in (Rule.SIZES, Rule.NO_PLACE_LEFT, Rule.PINNED_TOGETHER):
            return f"{name} waits: {SENTENCES[self.rule]}. {help_}"
        could = f"{self.partners} of the other schools may be with it"
        more = f"{self.gained} more might, but {SENTENCES[self.rule]}"
        return f"{name} waits: {could}; {more}. {help_}"


def impossible(count: int, sizes: Collection[int] = (3, 4)) -> str:
    """Why so many schools cannot be split into groups of these sizes; "" when they can."""
    fewest = min(sizes)
    if count < fewest:
        return f"{count} {'school is' if count == 1 else 'schools are'} enrolled; the smallest group has {fewest}."
    if count == IMPOSSIBLE and len(sizes) > 1:
        return "5 schools cannot be split into groups of 3 and 4: one more or one fewer is needed."
    return ""


def why_waiting(matching: Round, school: School) -> Waits:
    """Why the engine left this school over."""
    by_rules: dict[tuple[Rule, ...], list[School]] = {}
    for other in matching.schools:
        if other.id != school.id:
            by_rules.setdefault(broken(matching.rules, matching.pins, school, other), []).append(other)
    partners = by_rules.get((), [])
    if any(school.id in pair for pair in matching.pins.together):
        return Waits(school, Rule.PINNED_TOGETHER, len(partners), 0)
    if has_group(matching, partners):
        pinned = pin_in_the_way(matching, school, partners)
        if pinned:
            return Waits(school, Rule.PINNED_TOGETHER, len(partners), 0, pinned)
        sizes, count = matching.rules.sizes, len(matching.schools)
        over = count % sizes[0] if len(sizes) == 1 else count in (4, IMPOSSIBLE, IMPOSSIBLE + 1)
        rule = Rule.SIZES if over else Rule.NO_PLACE_LEFT
        return Waits(school, rule, len(partners), 0)
    alone = {rule: by_rules.get((rule,), []) for rule in PAIR_RULES}
    helping = [rule for rule in PAIR_RULES if alone[rule] and has_group(matching, partners + alone[rule])]
    if helping:
        rule = max(helping, key=lambda one: len(alone[one]))
        return Waits(school, rule, len(partners), len(alone[rule]))
    away = {rule: sum(len(them) for rules, them in by_rules.items() if rule in rules) for rule in PAIR_RULES}
    rule = max(PAIR_RULES, key=lambda one: away[one])
    return Waits(school, rule if away[rule] else Rule.SIZES, len(partners), len(alone[rule]))
