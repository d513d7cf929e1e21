"""What the page is drawn from; made from the contract's answers by `of`, or by whoever has a cohort at hand."""

from __future__ import annotations

from dataclasses import dataclass

from shared.commands.matching import CohortDetail

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """A group: the name, place (easting, northing in metres) and coverage (0..1) of each of its schools."""

    number: int
    score: float
    names: tuple[str, ...]
    places: tuple[Place | None, ...]
    coverage: tuple[float, ...]
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A school without a group, the rule's code and its sentence."""

    name: str
    rule: str
    sentence: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """All of it. `score` is the mean over schools; `bound` what no match can beat, where that is known."""

    state: str
    score: float
    groups: tuple[Group, ...]
    waiting: tuple[Waiting, ...]
    engine: str = ""
    bound: float | None = None
    bound_kind: str = ""

    @property
    def coverage(self) -> list[float]:
        """Of every school that has a group, ascending."""
        return sorted(covered for group in self.groups for covered in group.coverage)


def of(found: CohortDetail) -> Cohort:
    """From the answer to `ShowCohort`, all pages of it."""
    return Cohort(
        state=found.cohort.state,
        score=found.cohort.score,
        groups=tuple(
            Group(row.number, row.score, row.names, row.places, row.coverage, row.frozen) for row in found.groups
        ),
        waiting=tuple(Waiting(row.name, row.rule, row.sentence, row.place) for row in found.waiting),
        engine=found.engine,
        bound=found.bound,
        bound_kind=found.bound_kind,
    )
