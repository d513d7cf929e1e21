"""What matching knows about a school, and the round it is matched in. Frozen; made from events.

Distances are kilometres, weights of topics 1 to 5, shares 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import hypot

STAGES = {
    "nursery": "primary",
    "primary": "primary",
    "middle-deemed-primary": "primary",
    "secondary": "secondary",
    "middle-deemed-secondary": "secondary",
    "16-plus": "secondary",
}
"""Phase of the register to stage. All-through schools and those without a phase may be with either."""


@dataclass(frozen=True, slots=True)
class School:
    """One enrolled school.

    `closed`: by the register, since it enrolled. `place`: easting and northing; `area`: its authority's name; `pupils`:
    None or 0 means not known. `people`: id and role, in words, of those who attend every visit.
    """

    id: str
    urn: int = 0
    name: str = ""
    phase: str = "not-applicable"
    trust: str = ""
    authority: str = ""
    area: str = ""
    region: str = ""
    place: tuple[float, float] | None = None
    estimated: bool = False
    pupils: int | None = None
    fsm: float | None = None
    needs: tuple[tuple[str, float], ...] = ()
    strengths: tuple[tuple[str, float], ...] = ()
    farthest: float = 40.0
    apart: frozenset[str] = frozenset()
    grouped_before: frozenset[str] = frozenset()
    people: tuple[tuple[str, str], ...] = ()
    closed: bool = False
    federation: str = ""

    @property
    def called(self) -> str:
        """What people call it: its name, or its URN where the register has no name."""
        return self.name or f"the school with URN {self.urn}"

    @property
    def stage(self) -> str:
        """`primary`, `secondary` or "" for schools that may be with either."""
        return STAGES.get(self.phase, "")

    def offers(self, topic: str) -> float:
        """How well the school can share the topic, 0..1."""
        return max((weight / 5 for key, weight in self.strengths if key == topic), default=0.0)

    def shares(self) -> tuple[tuple[str, float], ...]:
        """Its needs with weights that add up to 1."""
        total = sum(weight for _, weight in self.needs)
        return tuple((topic, weight / total) for topic, weight in self.needs) if total > 0 else ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the soft terms, as the template publishes them.

    `both_ways`: what each school that only gives, or only receives, costs in the search; no part of the score. `mixed`:
    another authority counts as a difference.
    """

    coverage: float = 0.50
    weakest: float = 0.25
    diversity: float = 0.15
    travel: float = 0.10
    both_ways: float = 0.25
    mixed: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """The template's rules of matching. `islands`: authorities whose schools are across the water from all others."""

    weights: Weights = Weights()
    sizes: tuple[int, ...] = (3, 4)
    phases_apart: frozenset[frozenset[str]] = frozenset({frozenset({"primary", "secondary"})})
    same_trust_allowed: bool = False
    same_federation_allowed: bool = False
    islands: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pins:
    """What a coordinator overruled: pairs of school ids that stay together, and pairs that stay apart."""

    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Round:
    """Everything a match depends on; the order of `schools` plays no part. Raises ValueError if two share an id."""

    schools: tuple[School, ...]
    rules: Rules = Rules()
    pins: Pins = field(default_factory=Pins)

    def __post_init__(self) -> None:
        """Each school can be placed only once."""
        if len({school.id for school in self.schools}) < len(self.schools):
            raise ValueError("every school of a round needs an id of its own")


def distance(a: School, b: School) -> float | None:
    """Kilometres between two schools, None when a place is not known."""
    if a.place is None or b.place is None:
        return None
    return hypot(a.place[0] - b.place[0], a.place[1] - b.place[1]) / 1000


def accepted(a: School, b: School) -> float:
    """The farthest both accept."""
    return min(a.farthest, b.farthest)


def placed(schools: tuple[School, ...]) -> tuple[School, ...]:
    """Schools without coordinates are put at the centre of their authority's schools in the round, else their region's.

    Such a place is marked `estimated`. Without any such school it stays unknown, which forbids nothing.
    """
    middles: dict[tuple[str, str], tuple[float, float]] = {}
    for kind in ("region", "authority"):
        members: dict[str, list[tuple[float, float]]] = {}
        for school in schools:
            where = getattr(school, kind)
            if school.place is not None and where:
                members.setdefault(where, []).append(school.place)
        for where, places in members.items():
            middles[kind, where] = (
                sum(x for x, _ in places) / len(places),
                sum(y for _, y in places) / len(places),
            )

    def put(school: School) -> School:
        if school.place is not None:
            return school
        place = middles.get(("authority", school.authority)) or middles.get(("region", school.region))
        return replace(school, place=place, estimated=place is not None)

    return tuple(put(school) for school in schools)
