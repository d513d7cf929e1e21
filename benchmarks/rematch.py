"""A cohort matched again: what a pin would do, and the curve of changes against score, timed.

    python -m benchmarks.rematch 3000 --curve
    python -m benchmarks.rematch 24000

Schools are an evenly spread part of the register with made-up wishes (benchmarks/national.py). One in a hundred has
left since the groups were formed, as many have joined, and some pins were set.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from benchmarks.engines.table import Row, markdown
from benchmarks.measuring import measured
from benchmarks.national import ISLANDS, enrolled, register
from services.matching.domain.exchange import best_swap, middle, why_not
from services.matching.domain.keeping import Ids
from services.matching.domain.rules import forbidden
from services.matching.domain.schools import Pins, Round, Rules, School
from services.matching.engine.solve import NORMAL, Effort
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


def cohort(schools: int, effort: Effort) -> tuple[Round, Standing, float]:
    """(the round as it has become, the groups as they were formed, the score they had)."""
    facts = register()
    some = enrolled(facts[:: max(len(facts) // schools, 1)][: schools + schools // CHANGED], 1)
    draw = random.Random(1)
    late = set(draw.sample(range(len(some)), schools // CHANGED))
    first = ready(Round(tuple(one for at, one in enumerate(some) if at not in late), Rules(islands=ISLANDS)))
    formed = form(first, 1, replace(effort, rounds=0))
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


def wonder(matching: Round, stands: Standing) -> Row:
    """What-if questions as the service asks them: of the groups around two schools."""
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
    how = f"what-if, median of {ASKED} pins; slowest {max(seconds):.2f} s"
    return {"N": len(whole.schools), "what": how, "wall s": median(seconds)}


def explain(matching: Round, stands: Standing) -> list[Row]:
    """A group's best exchange with those nearby, and why two schools are not in one group."""
    whole = ready(matching)
    by_id = {school.id: school for school in whole.schools}
    groups = [group for group in stands.groups if all(school in by_id for school in group)]
    times: dict[str, list[float]] = {"best exchange of a group": [], "why not with a school nearby": []}
    for group in random.Random(2).sample(groups, ASKED):
        near = [tuple(by_id[school] for school in one) for one in _near(groups, group, by_id)]
        own = tuple(by_id[school] for school in group)
        some = replace(whole, schools=(*own, *(school for one in near for school in one)))
        began = time.perf_counter()
        best_swap(some, own, near)
        between = time.perf_counter()
        why_not(some, own[0], near[0][0], own, near[0])
        times["best exchange of a group"].append(between - began)
        times["why not with a school nearby"].append(time.perf_counter() - between)
    n = len(whole.schools)
    return [
        {"N": n, "what": f"{what}, median of {ASKED}; slowest {max(each):.3f} s", "wall s": median(each)}
        for what, each in times.items()
    ]


def again(matching: Round, stands: Standing, effort: Effort) -> list[Row]:
    """One re-match, and the curve."""
    n = len(matching.schools)
    one = measured(lambda: rematch(matching, stands, 1, effort))
    line = measured(lambda: curve(matching, stands, 1, effort))
    total, limit = one.result.parts.total, one.result.bound
    rows: list[Row] = [
        {"N": n, "what": "re-match", "wall s": one.wall, "CPU s": one.cpu, "MB": round(one.mb), "score": total},
        {"N": n, "what": "curve", "wall s": line.wall, "CPU s": line.cpu, "MB": round(line.mb)},
    ]
    rows[0] |= {"bound": limit, "bound is": one.result.bound_kind, "priced": len(one.result.prices)}
    for point in (option.point for option in line.result):
        how = "curve, repair" if point.keeping is None else f"curve, kept counts {point.keeping:g}"
        rows.append({"N": n, "what": how, "score": point.score, "ended": point.ended, "waiting": point.waiting})
    return rows


def rows(sizes: Iterable[int], effort: Effort = NORMAL) -> list[Row]:
    """A row for each question and size."""
    found = []
    for schools in sizes:
        matching, stands, score = cohort(schools, effort)
        compiled, groups, _ = cohort(100, Effort(steps=10, base=0))  # the compiled code is loaded before the clock
        curve(compiled, groups, 1, Effort(steps=10, base=0))
        found.append({"N": len(matching.schools), "what": "as it was formed", "score": score})
        found += [*questions(matching, stands), *again(matching, stands, effort)]
    return found


def asked(schools: int) -> list[Row]:
    """Questions only, of groups formed with a tenth of the effort: they take as long, whatever the score."""
    matching, stands, _ = cohort(schools, Effort(steps=NORMAL.steps // 10, windows=0))
    return questions(matching, stands)


def questions(matching: Round, stands: Standing) -> list[Row]:
    """What a pin would do, the best exchange of a group, and why two schools are apart."""
    return [wonder(matching, stands), *explain(matching, stands)]


def main() -> None:
    """Read the arguments, measure, tell."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("schools", nargs="*", type=int, default=[3000])
    arguments.add_argument("--curve", action="store_true", help="re-match too, and work out the curve")
    arguments.add_argument("--steps", type=int, default=NORMAL.steps, help="moves a school of a search from scratch")
    chosen = arguments.parse_args()
    if chosen.curve:
        print(markdown(rows(chosen.schools, Effort(steps=chosen.steps))))
    else:
        print(markdown([row for schools in chosen.schools for row in asked(schools)]))


if __name__ == "__main__":
    main()
