"""Which real schools take part, and who is made up for them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from kindred.demo.people import Population, Someone
from kindred.demo.wishes import Topic, Wishes, wishes
from shared.commands.programmes_queries import SchoolRow
from shared.errors import Permanent

PROGRAMME_DOMAIN = "programme.example.org"
PHASES = ("primary", "secondary")
SHEFFIELD = "373"
"""The authority whose real term dates come along; others have plausible ones."""
AROUND = 3
"""One in so many of the nearest schools takes part."""


@dataclass(frozen=True)
class Joining:
    """A real school with the people and wishes made up for it."""

    urn: int
    name: str
    easting: int
    northing: int
    people: tuple[Someone, ...]
    wishes: Wishes


def choose(rows: Sequence[SchoolRow], count: int, seed: int) -> list[SchoolRow]:
    """Choose schools around one place: two primaries to a secondary, each phase enough for groups of its own."""
    random = Random(seed)  # noqa: S311 - a demo's choice
    able = sorted(
        (row for row in rows if row.enrollable and row.facts.easting and row.facts.northing),
        key=lambda row: row.facts.urn,
    )
    if not able:
        raise Permanent("The register holds no school that can enrol and has a place on the map.")
    middle = random.choice([row for row in able if row.facts.authority_code == SHEFFIELD] or able)
    able.sort(key=lambda row: (_metres(row, middle), row.facts.urn))
    secondary = count // 3 if count >= 12 else 0
    chosen: list[SchoolRow] = []
    for phase, wanted in zip(PHASES, (count - secondary, secondary), strict=True):
        known = [row for row in able if row.facts.phase == phase]
        if len(known) < wanted:
            raise Permanent(f"The register holds {len(known)} {phase} schools that can enrol; {wanted} are needed.")
        chosen += random.sample(known[: AROUND * wanted], wanted)
    return chosen


def _metres(one: SchoolRow, other: SchoolRow) -> float:
    a, b = one.facts, other.facts
    return math.dist((a.easting or 0, a.northing or 0), (b.easting or 0, b.northing or 0))


def joining(rows: Sequence[SchoolRow], topics: Sequence[Topic], seed: int, first_year: int) -> list[Joining]:
    """Make up the people and wishes of each school."""
    population = Population(seed)
    return [
        Joining(
            urn=row.facts.urn,
            name=row.facts.name,
            easting=row.facts.easting or 0,
            northing=row.facts.northing or 0,
            people=population.staff(row.facts.name, row.facts.urn),
            wishes=wishes(topics, row.facts.phase, row.facts.urn, seed, first_year),
        )
        for row in rows
    ]


def coordinator(seed: int) -> Someone:
    """Who runs the programme."""
    return Population(seed + 1_000_003).someone("coordinator", PROGRAMME_DOMAIN)


def facilitators(schools: int, seed: int) -> list[Someone]:
    """Enough people to lead the visit days: one for about eight schools, three at least."""
    population = Population(seed + 2_000_003)
    return [population.someone("facilitator", PROGRAMME_DOMAIN) for _ in range(max(3, math.ceil(schools / 8)))]
