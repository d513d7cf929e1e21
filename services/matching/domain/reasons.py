"""Why a school waits: the rule that is named is one whose relaxing would help, and what is said of it is true.

A school that fits into no group at all gets as its reason the rule without which it would, with most partners. One
that fits into some group, but not beside those that were formed, gets the rule without which it could join one of them,
or make one with others that wait. Only where there is no such rule, the number of schools or a lack of places is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from services.matching.domain.pins import clusters
from services.matching.domain.rules import PAIR_RULES, Rule, broken
from services.matching.domain.schools import Round, School
from services.matching.domain.vacancies import UNSPLIT, has_group, pin_in_the_way
from services.matching.domain.waiting import Waits

__all__ = ["Reasons"]

Groups = Sequence[tuple[School, ...]]
ByRules = dict[tuple[Rule, ...], list[School]]

PLACES = frozenset({Rule.ACROSS_WATER, Rule.TOO_FAR})
"""Rules about where schools are. They keep most of a country from one school, so they say little about a group."""
LOOKED_AT = 40
"""Schools that wait, and partners, whose pairs are looked at; of a country's there would be millions."""
FEW = 30
"""Up to so many schools the number alone may leave some over."""


@dataclass(frozen=True, slots=True)
class _Fits:
    """A school that fits into some group: how many partners, and the one rule (None: no rule) that others break.

    `otherwise`: what is in the way where it is no rule about two schools.
    """

    partners: int
    otherwise: Rule
    one_rule: dict[str, Rule | None]
    gained: Counter[Rule]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why schools of one round wait. What does not depend on the groups formed is worked out once a school."""

    matching: Round
    _known: dict[str, Waits | _Fits] = field(default_factory=dict)

    def why(self, school: School, groups: Groups) -> Waits:
        """Why the engine left the school over when it formed these groups of the others."""
        known = self._known.get(school.id)
        if known is None:
            known = self._known[school.id] = self._alone(school)
        if isinstance(known, Waits):
            return known
        rule = self._in_the_way(school, known, groups)
        return Waits(school, rule, known.partners, known.gained[rule])

    def _alone(self, school: School) -> Waits | _Fits:
        """The reason, where it does not depend on the groups formed."""
        by_rules = _by_rules(self.matching, school)
        partners = by_rules.get((), [])
        if any(school.id in pair for pair in self.matching.pins.together):
            return Waits(school, Rule.PINNED_TOGETHER, len(partners), 0)
        if not has_group(self.matching, partners):
            return _stranded(self.matching, school, by_rules)
        pinned = pin_in_the_way(self.matching, school, partners)
        if pinned:
            return Waits(school, Rule.PINNED_TOGETHER, len(partners), 0, pinned)
        one_rule: dict[str, Rule | None] = {one.id: None for one in partners}
        for rule in PAIR_RULES:
            if rule not in PLACES:
                one_rule.update((one.id, rule) for one in by_rules.get((rule,), ()))
        otherwise = Rule.SIZES if _left_over(self.matching) else Rule.NO_PLACE_LEFT
        return _Fits(len(partners), otherwise, one_rule, Counter(rule for rule in one_rule.values() if rule))

    def _in_the_way(self, school: School, fits: _Fits, groups: Groups) -> Rule:
        """The one rule without which the school could be in a group as things are, or else what is in the way."""
        placed, sizes = {one.id for group in groups for one in group}, self.matching.rules.sizes
        freeing = {_single(fits.one_rule, group) for group in groups if len(group) + 1 in sizes}
        waiting = [one for one in self.matching.schools if one.id in fits.one_rule and one.id not in placed]
        for others in combinations(waiting[:LOOKED_AT], min(sizes) - 1):
            among = [rules for a, b in combinations(others, 2) if (rules := self._broken(a, b))]
            freeing.add(_single(fits.one_rule, others, among))
        named = [rule for rule in PAIR_RULES if rule in freeing and rule not in PLACES]
        return max(named, key=lambda rule: fits.gained[rule], default=fits.otherwise)

    def _broken(self, a: School, b: School) -> tuple[Rule, ...]:
        return broken(self.matching.rules, self.matching.pins, a, b)


def _single(
    one_rule: dict[str, Rule | None], others: Iterable[School], among: Iterable[tuple[Rule, ...]] = ()
) -> Rule | None:
    """The rule that alone keeps a school from these others, and them (`among`) from one another; else None."""
    found: set[Rule | None] = set()
    for one in others:
        if one.id not in one_rule:
            return None
        found.add(one_rule[one.id])
    found.update(rule for rules in among for rule in rules)
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _by_rules(matching: Round, school: School) -> ByRules:
    """The other schools, by all rules that keep this one from them."""
    found: ByRules = {}
    for other in matching.schools:
        if other.id != school.id:
            found.setdefault(broken(matching.rules, matching.pins, school, other), []).append(other)
    return found


def _stranded(matching: Round, school: School, by_rules: ByRules) -> Waits:
    """Why a school waits that fits into no group."""
    partners = by_rules.get((), [])
    alone = {rule: by_rules.get((rule,), []) for rule in PAIR_RULES}
    helping = [rule for rule in PAIR_RULES if alone[rule] and has_group(matching, partners + alone[rule])]
    if helping:
        rule = max(helping, key=lambda one: len(alone[one]))
        return Waits(school, rule, len(partners), len(alone[rule]))
    among = [broken(matching.rules, matching.pins, a, b) for a, b in combinations(partners[:LOOKED_AT], 2)]
    single = Counter(rules[0] for rules in among if len(rules) == 1)
    away = Counter(rule for rules, them in by_rules.items() for rule in rules for _ in them)
    most = single or away or Counter(rule for rules in among for rule in rules)
    rule = max(PAIR_RULES, key=lambda one: most[one]) if most else Rule.SIZES
    return Waits(school, rule, len(partners), 0 if single else len(alone[rule]) if most else 0)


def _left_over(matching: Round) -> bool:
    """Whether the number of schools that fit into some group, not a rule, leaves some of them over."""
    sizes, count = matching.rules.sizes, len(matching.schools)
    if len(sizes) == 1:
        return count % sizes[0] > 0
    if count > FEW:
        return False
    full = {one for cluster in clusters(matching.pins) if len(cluster) == max(sizes) for one in cluster}
    fitting = (one for one in matching.schools if one.id not in full)
    return sum(has_group(matching, _by_rules(matching, one).get((), [])) for one in fitting) in UNSPLIT
