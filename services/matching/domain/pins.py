"""Pins: a coordinator keeps schools together or apart, as far as the hard rules let them."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from services.matching.domain.rules import Rule, because, broken
from services.matching.domain.schools import Pins, Rules, School

How = Literal["together", "apart", "free"]


def clusters(pins: Pins) -> list[frozenset[str]]:
    """The sets of schools that pins hold in one group, directly or through others; largest first."""
    found: list[frozenset[str]] = []
    for pair in sorted(pins.together, key=sorted):
        touching = [cluster for cluster in found if cluster & pair]
        found = [cluster for cluster in found if not cluster & pair]
        found.append(frozenset(pair).union(*touching))
    return sorted(found, key=lambda cluster: (-len(cluster), sorted(cluster)))


def pinned(pins: Pins, ids: tuple[str, ...], how: How) -> Pins:
    """The pins after the coordinator's word about every pair of `ids`; a later word replaces an earlier one."""
    pairs = frozenset(frozenset(pair) for pair in combinations(ids, 2))
    return Pins(
        together=(pins.together - pairs) | (pairs if how == "together" else frozenset()),
        apart=(pins.apart - pairs) | (pairs if how == "apart" else frozenset()),
    )


def refusal(rules: Rules, pins: Pins, schools: dict[str, School]) -> tuple[Rule, str] | None:
    """Why no group can honour the pins: the rule and a sentence, or None when it can."""
    for cluster in clusters(pins):
        names = ", ".join(schools[school].name or school for school in sorted(cluster) if school in schools)
        if len(cluster) > max(rules.sizes):
            return Rule.SIZES, f"{names} would be a group of {len(cluster)}; the largest has {max(rules.sizes)}."
        members = [schools[school] for school in sorted(cluster) if school in schools]
        for a, b in combinations(members, 2):
            for rule in broken(rules, pins, a, b):
                return rule, f"{a.called} and {b.called} cannot be in one group: {because(rule, a, b)}."
    return None
