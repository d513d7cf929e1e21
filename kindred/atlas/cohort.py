"""What the page is drawn from; made from the contract's answers by `of`, or by whoever has a cohort at hand."""

from __future__ import annotations

from dataclasses import dataclass

from shared.commands.matching import CohortDetail

Place = tuple[float, float]


def is_local(bound_kind: str) -> bool:
    """Whether a bound is one of the groups as they are, and not of every match."""
    return bound_kind.endswith("local")


@dataclass(frozen=True, slots=True)
class Group:
    """A group and, of each of its schools, the name, place (easting, northing in metres) and coverage (0..1).

    `authorities` and `regions`: of each school, or empty where they are not known.
    """

    number: int
    score: float
    names: tuple[str, ...]
    places: tuple[Place | None, ...]
    coverage: tuple[float, ...]
    frozen: bool = False
    authorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def known(self) -> list[Place]:
        """The places that are known."""
        return [place for place in self.places if place is not None]

    @property
    def middle(self) -> Place | None:
        """Of the places that are known."""
        known = self.known
        return (sum(x for x, _ in known) / len(known), sum(y for _, y in known) / len(known)) if known else None

    @property
    def covered(self) -> float:
        """Mean coverage of its schools."""
        return sum(self.coverage) / max(len(self.coverage), 1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A school without a group, the rule's code and its sentence."""

    name: str
    rule: str
    sentence: str
    place: Place | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Cohort:
    """All of it. `score` is the mean over schools; `bound` as `bound_kind` says, where known."""

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
            Group(
                number=row.number,
                score=row.score,
                names=row.names,
                places=row.places,
                coverage=row.coverage,
                frozen=row.frozen,
                authorities=row.authorities,
                regions=row.regions,
            )
            for row in found.groups
        ),
        waiting=tuple(Waiting(row.name, row.rule, row.sentence, row.place, row.region) for row in found.waiting),
        engine=found.engine,
        bound=found.bound,
        bound_kind=found.bound_kind,
    )
