"""One match, from a round of schools to groups with scores and a waiting list with reasons. Pure and seeded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from services.matching.domain.pins import refusal
from services.matching.domain.rules import RELAXING, Rule
from services.matching.domain.schools import Round, School, placed
from services.matching.domain.score import Parts, cohort_parts, coverages, percentile
from services.matching.domain.waiting import Waits, impossible, why_waiting
from services.matching.encode import encode, engine_weights
from services.matching.engine.solve import NORMAL, Effort, Progress, Solution, solve

__all__ = ["Blocking", "Formed", "form", "ready"]

KEEPING = 0.04
"""What one kept relationship counts in a re-match: about a twelfth of what a school scores."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """A rule that keeps the whole cohort from forming."""

    rule: str
    school_ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Formed:
    """The outcome. No groups: `blocking` says why. `minimum` and `p5` are of coverage per school."""

    groups: tuple[tuple[School, ...], ...]
    waiting: tuple[Waits, ...]
    parts: Parts
    minimum: float
    p5: float
    median: float
    seed: int
    engine: str
    seconds: float
    blocking: tuple[Blocking, ...] = ()


def ready(matching: Round) -> Round:
    """The round in the order and with the places that the engine and every explanation use."""
    return replace(matching, schools=placed(tuple(sorted(matching.schools, key=lambda school: school.id))))


def form(
    matching: Round,
    seed: int,
    effort: Effort = NORMAL,
    before: tuple[tuple[str, ...], ...] = (),
    progress: Progress | None = None,
) -> Formed:
    """Match the round. `before`: groups (ids) as they are now, whose relationships are worth keeping."""
    matching = ready(matching)
    blocked = _blocked(matching)
    if blocked:
        return _formed(matching, Solution((), (), 0.0, seed, "none", 0.0), (blocked,))
    kept = frozenset(frozenset(pair) for group in before for pair in combinations(group, 2))
    weights = engine_weights(matching.rules.weights, KEEPING if kept else 0.0)
    found = solve(encode(matching, kept), weights, matching.rules.sizes, seed, effort, progress)
    return _formed(matching, found, ())


def _blocked(matching: Round) -> Blocking | None:
    reason = impossible(len(matching.schools))
    ids = tuple(school.id for school in matching.schools)
    if reason:
        return Blocking(Rule.SIZES, ids[:5], reason)
    by_id = {school.id: school for school in matching.schools}
    refused = refusal(matching.rules, matching.pins, by_id)
    if refused:
        return Blocking(refused[0], tuple(sorted({one for pair in matching.pins.together for one in pair})), refused[1])
    return None


def _formed(matching: Round, found: Solution, blocking: tuple[Blocking, ...]) -> Formed:
    groups = tuple(tuple(matching.schools[i] for i in group) for group in found.groups)
    waiting = tuple(why_waiting(matching, matching.schools[i]) for i in found.waiting)
    covered = sorted(c for group in groups for c in coverages(group))
    if not groups and not blocking:
        blocking = _why_none(waiting)
    return Formed(
        groups=groups,
        waiting=waiting,
        parts=cohort_parts(matching.rules.weights, groups),
        minimum=covered[0] if covered else 0.0,
        p5=percentile(covered, 0.05),
        median=percentile(covered, 0.5),
        seed=found.seed,
        engine=found.engine,
        seconds=found.seconds,
        blocking=blocking,
    )


def _why_none(waiting: tuple[Waits, ...]) -> tuple[Blocking, ...]:
    """The rules that leave every school waiting, the one that strands most first."""
    by_rule: dict[Rule, list[str]] = {}
    for one in waiting:
        by_rule.setdefault(one.rule, []).append(one.school.id)
    return tuple(
        Blocking(rule, tuple(ids), f"{len(ids)} of {len(waiting)} schools have no group. To help: {RELAXING[rule]}.")
        for rule, ids in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0]))
    )
