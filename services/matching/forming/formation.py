"""One match, from a round of schools to groups with scores and a waiting list with reasons. Pure and seeded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.matching.domain.pins import refusal
from services.matching.domain.reasons import Reasons
from services.matching.domain.rules import RELAXING, Rule
from services.matching.domain.schools import Round, School, placed
from services.matching.domain.score import Parts, cohort_parts, coverages, percentile
from services.matching.domain.waiting import Waits, impossible
from services.matching.engine.bound import bound
from services.matching.engine.effort import NORMAL, Effort
from services.matching.engine.progress import Progress, stretch
from services.matching.engine.solve import Solution, solve
from services.matching.forming.encode import encode, engine_weights

__all__ = ["SEARCH", "Blocking", "Formed", "blocked", "form", "formed", "ready"]

SEARCH = 0.8
"""The search's share of the progress; the rest is the bound."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """A rule that keeps the whole cohort from forming."""

    rule: str
    school_ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Formed:
    """The outcome of a match. Without groups, `blocking` says why. `minimum` and `p5` are of coverage per school.

    `bound`: an upper bound on the score; `bound_kind`: how it was found. `prices`: id -> dual price.
    """

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
    bound: float | None = None
    bound_kind: str = ""
    prices: Mapping[str, float] = field(default_factory=dict)


def ready(matching: Round) -> Round:
    """The round in the order and with the places that the engine and every explanation use."""
    return replace(matching, schools=placed(tuple(sorted(matching.schools, key=lambda school: school.id))))


def form(
    matching: Round,
    seed: int,
    effort: Effort = NORMAL,
    progress: Progress | None = None,
) -> Formed:
    """Match the round for the first time, with an upper bound on the score."""
    matching = ready(matching)
    reason = blocked(matching)
    if reason:
        return formed(matching, Solution((), (), 0.0, seed, "none", 0.0), (reason,))
    weights, x = engine_weights(matching.rules.weights), encode(matching)
    found = solve(x, weights, matching.rules.sizes, seed, effort, stretch(progress, 0.0, SEARCH))
    limit = bound(x, weights, list(found.groups), effort, progress=stretch(progress, SEARCH, 1.0))
    outcome = formed(matching, found)
    if limit is None:
        return outcome
    prices = {matching.schools[at].id: price for at, price in limit.prices.items()}
    return replace(outcome, bound=limit.value, bound_kind=limit.kind, prices=prices)


def blocked(matching: Round) -> Blocking | None:
    """Why the round cannot be matched at all: its number of schools, or pins that no group can honour; else None."""
    reason = impossible(len(matching.schools), matching.rules.sizes)
    ids = tuple(school.id for school in matching.schools)
    if reason:
        return Blocking(Rule.SIZES, ids[:5], reason)
    by_id = {school.id: school for school in matching.schools}
    refused = refusal(matching.rules, matching.pins, by_id)
    if refused:
        return Blocking(refused[0], tuple(sorted({one for pair in matching.pins.together for one in pair})), refused[1])
    return None


def formed(
    matching: Round,
    found: Solution,
    blocking: tuple[Blocking, ...] = (),
    also: tuple[tuple[School, ...], ...] = (),
    reasons: Reasons | None = None,
) -> Formed:
    """The outcome with its figures. `also`: groups that were not searched, counted in; `reasons`: why schools wait."""
    searched = tuple(tuple(matching.schools[at] for at in group) for group in found.groups)
    groups, reasons = (*searched, *also), reasons or Reasons(matching)
    waiting = tuple(reasons.why(matching.schools[at], searched) for at in found.waiting)
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
    """The rules that leave every school without a group, the one that concerns most first."""
    by_rule: dict[Rule, list[str]] = {}
    for one in waiting:
        by_rule.setdefault(one.rule, []).append(one.school.id)
    return tuple(
        Blocking(rule, tuple(ids), f"{len(ids)} of {len(waiting)} schools have no group. To help: {RELAXING[rule]}.")
        for rule, ids in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0]))
    )
