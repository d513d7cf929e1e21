"""Exchanges between groups: the best swap, and "why not with school X?".

A group is a tuple of schools. Changes are of f (domain.score), summed over the two groups concerned.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.domain.rules import Rule, because, broken, feasible
from services.matching.domain.schools import Round, School
from services.matching.domain.score import group_parts

Group = tuple[School, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One school moves to another group, and `back` (None: nobody) comes the other way."""

    school: School
    back: School | None
    change: float
    here: Group
    there: Group


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The rules that forbid it, or the best exchange that would bring it about (None: there is none)."""

    rules: tuple[Rule, ...]
    best: Exchange | None
    sentence: str


def _value(matching: Round, group: Group) -> float:
    return group_parts(matching.rules.weights, group).total


def exchanges(matching: Round, here: Group, there: Group, stays: School | None = None) -> list[Exchange]:
    """Every feasible move of a member of `here` to `there`, with or without one coming back; `stays` stays there."""
    before = _value(matching, here) + _value(matching, there)
    found = []
    for school in here:
        for back in (*there, None):
            if back is not None and back is stays:
                continue
            left = (*(one for one in here if one is not school), *((back,) if back else ()))
            right = (*(one for one in there if one is not back), school)
            if feasible(matching, left) and feasible(matching, right):
                change = _value(matching, left) + _value(matching, right) - before
                found.append(Exchange(school, back, change, left, right))
    return found


def middle(group: Group) -> tuple[float, float]:
    """The mean of the places known (0, 0 where none is)."""
    places = [school.place for school in group if school.place is not None]
    n = max(len(places), 1)
    return sum(x for x, _ in places) / n, sum(y for _, y in places) / n


def best_swap(matching: Round, group: Group, others: list[Group], nearest: int = 12) -> Exchange | None:
    """The exchange with one of the nearest groups that loses least (or gains most)."""
    x, y = middle(group)
    away = []
    for at, other in enumerate(others):
        east, north = middle(other)
        away.append(((east - x) ** 2 + (north - y) ** 2, at))
    found = [exchange for _, at in sorted(away)[:nearest] for exchange in exchanges(matching, group, others[at])]
    return max(found, key=lambda one: one.change, default=None)


def why_not(matching: Round, a: School, b: School, here: Group, there: Group) -> WhyNot:
    """Why a (of `here`) and b (of `there`) are in different groups."""
    rules = broken(matching.rules, matching.pins, a, b)
    if rules:
        why = "; ".join(because(rule, a, b) for rule in rules)
        return WhyNot(rules, None, f"{a.name} and {b.name} may not be in one group: {why}.")
    together = [one for one in exchanges(matching, here, there, stays=b) if one.school is a]
    together += [one for one in exchanges(matching, there, here, stays=a) if one.school is b]
    best = max(together, key=lambda one: one.change, default=None)
    if best is None:
        return WhyNot((), None, f"No single exchange brings {a.name} and {b.name} together without breaking a rule.")
    how = f"{best.school.name} would move" + (f" and {best.back.name} come instead" if best.back else "")
    effect = f"lose {-best.change:.3f}" if best.change < 0 else f"gain {best.change:.3f}"
    return WhyNot((), best, f"They could be in one group: {how}. The two groups together would {effect} points.")
