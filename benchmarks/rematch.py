"""A cohort matched again: what a pin would do, and the curve of changes against score, timed.

    python -m benchmarks.rematch 3000 24000 --curve

Schools are an evenly spread part of the register with made-up wishes (benchmarks/national.py). One in a hundred has
left since the groups were formed, as many have joined, and some pins were set.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import replace
from statistics import median

from benchmarks.measuring import measured
from benchmarks.national import ISLANDS, enrolled, register
from services.matching.domain.exchange import middle
from services.matching.domain.keeping import Ids
from services.matching.domain.rules import forbidden
from services.matching.domain.schools import Pins, Round, Rules, School
from services.matching.engine.solve import Effort
from services.matching.formation import form, ready
from services.matching.handlers.wondering import AROUND
from services.matching.rematch import Standing, curve, rematch
from services.matching.what_if import what_if

CHANGED = 100
"""One school in so many has left, and as many have joined."""
PINS = 300
"""One pin in so many schools."""
ASKED = 40
"""What-if questions."""


def cohort(schools: int, steps: int) -> tuple[Round, Standing, float]:
    """(the round as it has become, the groups as they were formed, the score they had)."""
    facts = register()
    some = enrolled(facts[:: max(len(facts) // schools, 1)][: schools + schools // CHANGED], 1)
    draw = random.Random(1)
    late = set(draw.sample(range(len(some)), schools // CHANGED))
    first = ready(Round(tuple(one for at, one in enumerate(some) if at not in late), Rules(islands=ISLANDS)))
    formed = form(first, 1, Effort(steps=steps, windows=0))
    groups = tuple(tuple(sorted(school.id for school in group)) for group in formed.groups)
    left = {one.id for one in draw.sample(first.schools, schools // CHANGED)}
    rest = replace(first, schools=tuple(one for one in some if one.id not in left))
    return replace(rest, pins=_pins(rest, groups, draw)), Standing(groups), formed.parts.total


def _pins(matching: Round, groups: tuple[Ids, ...], draw: random.Random) -> Pins:
    """Neighbours of different groups together, and members of one group apart."""
    by_id = {school.id: school for school in ready(matching).schools}
    here = [group for group in groups if all(school in by_id for school in group)]
    apart = {frozenset(draw.sample(group, 2)) for group in draw.sample(here, len(by_id) // PINS)}
    used = {school for pair in apart for school in pair}
    together = set()
    for group in draw.sample(here, len(by_id) // PINS):
        other = draw.choice(_near(here, group, by_id))
        a, b = by_id[group[0]], by_id[other[0]]
        if not {a.id, b.id} & used and not forbidden(matching, a, b):
            together.add(frozenset({a.id, b.id}))
            used |= {a.id, b.id}
    return Pins(frozenset(together), frozenset(apart))


def _near(groups: list[Ids], group: Ids, by_id: dict[str, School]) -> list[Ids]:
    """The groups that a what-if looks at beside this one."""
    x, y = _middle(group, by_id)
    away = sorted(((_middle(one, by_id)[0] - x) ** 2 + (_middle(one, by_id)[1] - y) ** 2, one) for one in groups)
    return [one for _, one in away[1 : AROUND + 1]]


def _middle(group: Ids, by_id: dict[str, School]) -> tuple[float, float]:
    return middle(tuple(by_id[school] for school in group))


def wonder(matching: Round, stands: Standing) -> None:
    """Time what-if questions as the service asks them: of the groups around two schools."""
    whole = ready(matching)
    by_id = {school.id: school for school in whole.schools}
    groups = [group for group in stands.groups if all(school in by_id for school in group)]
    seconds = []
    for group in random.Random(2).sample(groups, ASKED):
        near = _near(groups, group, by_id)
        other = near[0]
        around = tuple(dict.fromkeys((group, other, *near, *_near(groups, other, by_id))))
        some = tuple(by_id[school] for one in around for school in one)
        pins = Pins(frozenset({frozenset({group[0], other[0]})}))
        began = time.perf_counter()
        what_if(Round(some, whole.rules, pins), around, 1)
        seconds.append(time.perf_counter() - began)
    print(f"  what-if: {ASKED} pins, median {median(seconds):.2f} s, slowest {max(seconds):.2f} s", flush=True)


def again(matching: Round, stands: Standing, effort: Effort, *, whole: bool) -> None:
    """One re-match, and the curve where that is asked for."""
    one = measured(lambda: rematch(matching, stands, 1, effort))
    found = one.result
    print(f"  re-match: {one.wall:.1f} s wall, {one.cpu:.1f} s CPU, score {found.parts.total:.4f}", end="")
    print(f", bound {found.bound} ({found.bound_kind}), {len(found.prices)} schools priced", flush=True)
    if not whole:
        return
    line = measured(lambda: curve(matching, stands, 1, effort))
    print(f"  curve: {line.wall:.1f} s wall, {line.cpu:.1f} s CPU, {line.mb:.0f} MB")
    for option in line.result:
        point = option.point
        how = "repair" if point.keeping is None else f"{point.keeping:g}"
        print(f"    {how:>7}: {point.ended} ended, {point.moved} moved, {point.waiting} wait, {point.score:.4f}")


def main() -> None:
    """Read the arguments, measure, tell."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("schools", nargs="*", type=int, default=[3000])
    arguments.add_argument("--curve", action="store_true", help="re-match too, and work out the curve")
    arguments.add_argument("--steps", type=int, default=40_000, help="moves a school of a search from scratch")
    chosen = arguments.parse_args()
    for schools in chosen.schools:
        matching, stands, score = cohort(schools, chosen.steps)
        pins = len(matching.pins.together) + len(matching.pins.apart)
        print(f"{len(matching.schools)} schools, {len(stands.groups)} groups, {pins} pins, score {score:.4f}")
        wonder(matching, stands)
        if chosen.curve:
            again(matching, stands, Effort(steps=chosen.steps), whole=True)


if __name__ == "__main__":
    main()
