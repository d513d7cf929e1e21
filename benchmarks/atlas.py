"""How long the page of a whole country takes to draw, and how large it is.

    python -m benchmarks.atlas --schools 24000 --page national.html

Schools are the register's, the ones beyond its end again a kilometre further on; groups are neighbours in threes and
fours with made-up coverage. No match is made: `benchmarks.national` draws one that was.
"""

from __future__ import annotations

import argparse
import random
import time
from itertools import count
from pathlib import Path

from benchmarks.national import register
from kindred.atlas.cohort import Cohort, Group, Place, Waiting
from kindred.atlas.page import page
from shared.events.programmes import SchoolFacts

CELL = 15_000
"""Metres. Schools of one such cell are shuffled before they are grouped, so that groups are as wide as real ones."""
MEGABYTES, SECONDS = 3.0, 5.0
"""What a page may come to."""


def cohort(schools: int, seed: int = 1) -> Cohort:
    """A cohort of so many schools, one in two hundred of them waiting."""
    draw, facts = random.Random(seed), register()
    placed = [(facts[n % len(facts)], 1000.0 * (n // len(facts))) for n in range(schools)]
    key = {id(one): (_cell(one[0]), draw.random()) for one in placed}
    ordered = sorted(placed, key=lambda one: key[id(one)])
    waiting, rest = ordered[::200], [one for n, one in enumerate(ordered) if n % 200]
    groups: list[Group] = []
    for number in count(1):
        size = draw.choice((3, 4))
        members, rest = rest[:size], rest[size:]
        if not members:
            break
        covered = tuple(min(max(draw.gauss(0.7, 0.2), 0), 1) for _ in members)
        groups.append(
            Group(
                number=number,
                score=sum(covered) / len(covered),
                names=tuple(school.name for school, _ in members),
                places=tuple(_place(school, shift) for school, shift in members),
                coverage=covered,
                authorities=tuple(school.authority for school, _ in members),
                regions=tuple(school.region for school, _ in members),
            )
        )
    mean = sum(group.score for group in groups) / len(groups)
    waits = tuple(
        Waiting(school.name, "too-far", f"{school.name} waits.", _place(school, shift), school.region)
        for school, shift in waiting
    )
    return Cohort("a benchmark", mean, tuple(groups), waits)


def _cell(school: SchoolFacts) -> tuple[int, int]:
    """Columns of cells from west to east, up one and down the next, so that the order never leaps."""
    x, y = (school.easting or 0) // CELL, (school.northing or 0) // CELL
    return x, -y if x % 2 else y


def _place(school: SchoolFacts, shift: float) -> Place | None:
    if school.easting is None or school.northing is None:
        return None
    return school.easting + shift, float(school.northing)


def main() -> None:
    """Draw it, say how long that took and how large it is; fails where it is too large."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--schools", type=int, default=24_000)
    arguments.add_argument("--page", type=Path, help="where to write the page")
    chosen = arguments.parse_args()
    made = cohort(chosen.schools)
    began = time.perf_counter()
    text = page(made, f"{chosen.schools:,} schools")
    seconds, megabytes = time.perf_counter() - began, len(text.encode()) / 1e6
    print(f"{chosen.schools} schools, {len(made.groups)} groups: {seconds:.2f} s, {megabytes:.2f} MB")
    print(f"target {SECONDS:g} s: {'reached' if seconds <= SECONDS else 'NOT reached'}")
    if chosen.page:
        chosen.page.write_text(text, encoding="utf-8")
    if megabytes > MEGABYTES:
        raise SystemExit(f"The page may have {MEGABYTES:g} MB.")


if __name__ == "__main__":
    main()
