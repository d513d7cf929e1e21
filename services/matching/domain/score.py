"""The score of a group, as plainly as it can be said. It is slow, and what every engine is checked against.

    f = coverage * sum c_i + weakest * |g| * min c_i + sum over i of mean over j of (diversity * d_ij + travel * t_ij)

with c_i the coverage of school i (each need's share times the best of the others in it), d_ij how different two
schools are and t_ij how near. A cohort's score is the sum of f over the number of its schools, so it lies in 0..1.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from services.matching.domain.schools import School, Weights, accepted, distance

BANDS = (180, 320, 700, 1200)
"""Pupils on roll at which the next band of size begins."""

FSM_APART = 0.30


@dataclass(frozen=True, slots=True)
class Parts:
    """The weighted terms of a score; they add up to it."""

    coverage: float
    weakest: float
    diversity: float
    travel: float

    @property
    def total(self) -> float:
        """The score."""
        return self.coverage + self.weakest + self.diversity + self.travel

    def per(self, schools: int) -> Parts:
        """The same per school."""
        n = max(schools, 1)
        return Parts(self.coverage / n, self.weakest / n, self.diversity / n, self.travel / n)


def band(pupils: int | None) -> int | None:
    """Band of size 0..4; None when the roll is not known (a register's zero says no more)."""
    return bisect_right(BANDS, pupils) if pupils else None


def diversity(a: School, b: School, mixed: bool = True) -> float:
    """How much two schools differ, 0..1: band of size, share of pupils on free meals, authority, a third each.

    A difference of 30 percentage points in free meals counts in full; what is not known counts nothing.
    In a programme that keeps travel short (`mixed` False) another authority is no gain.
    """
    size, intake = 0.0, 0.0
    left, right = band(a.pupils), band(b.pupils)
    if left is not None and right is not None:
        size = float(left != right)
    if a.fsm is not None and b.fsm is not None:
        intake = min(1.0, abs(a.fsm - b.fsm) / FSM_APART)
    return (size + intake + float(mixed and a.authority != b.authority)) / 3


def closeness(a: School, b: School) -> float:
    """1 at the same place, 0 at the farthest both accept; 0 when the distance is not known."""
    way, most = distance(a, b), accepted(a, b)
    return max(0.0, 1.0 - way / most) if way is not None and most > 0 else 0.0


def coverage(school: School, others: tuple[School, ...]) -> float:
    """How well the others cover the school's needs, 0..1."""
    return sum(share * max((other.offers(topic) for other in others), default=0.0) for topic, share in school.shares())


def coverages(group: tuple[School, ...]) -> tuple[float, ...]:
    """The coverage of each member by the rest."""
    return tuple(coverage(school, group[:at] + group[at + 1 :]) for at, school in enumerate(group))


def group_parts(weights: Weights, group: tuple[School, ...]) -> Parts:
    """The terms of f; a school alone has nothing."""
    covered = coverages(group)
    n, others = len(group), max(len(group) - 1, 1)
    pairs = [(a, b) for at, a in enumerate(group) for b in group[:at]]
    return Parts(
        coverage=weights.coverage * sum(covered),
        weakest=weights.weakest * n * min(covered),
        diversity=weights.diversity * 2 * sum(diversity(a, b, weights.mixed) for a, b in pairs) / others,
        travel=weights.travel * 2 * sum(closeness(a, b) for a, b in pairs) / others,
    )


def gives(school: School, others: tuple[School, ...]) -> bool:
    """Whether the school has a strength that one of the others needs."""
    return any(school.offers(topic) > 0 for other in others for topic, _ in other.needs)


def nobody_gives(group: tuple[School, ...]) -> bool:
    """Whether no member has anything that another needs."""
    return not any(coverages(group))


def one_sided(group: tuple[School, ...]) -> int:
    """How many members give the rest nothing, plus how many get nothing from it."""
    rest = [(school, group[:at] + group[at + 1 :]) for at, school in enumerate(group)]
    return sum(not gives(school, others) for school, others in rest) + sum(c == 0 for c in coverages(group))


def worth(weights: Weights, group: tuple[School, ...]) -> float:
    """The objective of a group: f, less `both_ways` for each member that only gives or only gets."""
    return group_parts(weights, group).total - weights.both_ways * one_sided(group)


def cohort_parts(weights: Weights, groups: tuple[tuple[School, ...], ...]) -> Parts:
    """The terms of a cohort's score: means over its schools."""
    each = [group_parts(weights, group) for group in groups]
    whole = Parts(
        sum(parts.coverage for parts in each),
        sum(parts.weakest for parts in each),
        sum(parts.diversity for parts in each),
        sum(parts.travel for parts in each),
    )
    return whole.per(sum(len(group) for group in groups))


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-int(share * 1000) * len(ordered) // 1000)
    return ordered[max(rank - 1, 0)] if ordered else 0.0
