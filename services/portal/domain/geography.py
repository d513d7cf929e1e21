"""How far schools are from each other, and which fit a search."""

from collections.abc import Iterable, Sequence
from math import hypot

from services.portal.domain.records import School

PHASES = {
    "nursery": "Nursery",
    "primary": "Primary",
    "middle-deemed-primary": "Middle (primary)",
    "middle-deemed-secondary": "Middle (secondary)",
    "secondary": "Secondary",
    "all-through": "All-through",
    "16-plus": "Sixth form or college",
    "not-applicable": "Other",
}
"""The phases of the register, as people say them."""


def km(one: School, own: Iterable[School]) -> float | None:
    """Kilometres as the crow flies to the nearest of somebody's own schools; None where no place is known."""
    here = _place(one)
    ways = (hypot(here[0] - there[0], here[1] - there[1]) / 1000 for mine in own if here and (there := _place(mine)))
    return min(ways, default=None)


def near(schools: Iterable[School], own: Sequence[School], within: int, phase: str) -> list[str]:
    """The ids of the schools of a phase (blank: any) within so many kilometres (0: any), the nearest first."""
    far = float("inf")
    ways = {one.school_id: km(one, own) for one in schools if not phase or one.phase == phase}
    fitting = [one for one, way in ways.items() if not within or (way is not None and way <= within)]
    return sorted(fitting, key=lambda one: (far if (way := ways[one]) is None else way, one))


def _place(school: School) -> tuple[int, int] | None:
    return (school.easting, school.northing) if school.easting is not None and school.northing is not None else None
