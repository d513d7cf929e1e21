"""A cohort matched again: what a pin would do, and the curve of changes against score, timed.

    python -m benchmarks.rematch 3000 --curve
    python -m benchmarks.rematch 24000

Schools are an evenly spread part of the register with made-up wishes (benchmarks/national.py). One in a hundred has
left since the groups were formed, as many have joined, and some pins were set. What is measured runs in processes
of its own, which know nothing of the register.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from dataclasses import replace
from statistics import median
from typing import Any

from benchmarks.apart import Apart, apart
from benchmarks.engines.table import Row, markdown
from benchmarks.national import ISLANDS, enrolled, register
from services.matching.domain.exchange import best_swap, middle, why_not
from services.matching.domain.relationships import Ids
from services.matching.domain.rules import forbidden
from services.matching.domain.schools import Pins, Round, Rules, School
from services.matching.engine.effort import NORMAL, Effort
from services.matching.forming.formation import form, ready
from services.matching.forming.rematch import Standing, curve, rematch
from services.matching.forming.what_if import what_if
from services.matching.handlers.queries.what_if import AROUND

CHANGED = 100
"""One school in so many has left, and as many have joined."""
PINS = 300
"""One pin in so many schools."""
ASKED = 40
"""What-if questions, where there are as many groups."""
COMPILED = Effort(steps=10, base=0)
"""Too little to take time: it loads the compiled code."""


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
    by_id, groups = _here(whole, stands)
    asked = []
    for group in _some(groups):
        near = _near(groups, group, by_id)
        other = near[0]
        around = tuple(dict.fromkeys((group, other, *near, *_near(groups, other, by_id))))
        some = tuple(by_id[school] for one in around for school in one)
        pins = Pins(frozenset({frozenset({group[0], other[0]})}))
        asked.append((Round(some, whole.rules, pins), around, 1))
    return _asked(f"what-if, median of {len(asked)} pins", len(whole.schools), apart(what_if, asked, asked[0]))


def explain(matching: Round, stands: Standing) -> list[Row]:
    """A group's best exchange with those nearby, and why two schools are not in one group."""
    whole = ready(matching)
    by_id, groups = _here(whole, stands)
    swaps, pairs = [], []
    for group in _some(groups):
        near = [tuple(by_id[school] for school in one) for one in _near(groups, group, by_id)]
        own = tuple(by_id[school] for school in group)
        some = replace(whole, schools=(*own, *(school for one in near for school in one)))
        swaps.append((some, own, near))
        pairs.append((some, own[0], near[0][0], own, near[0]))
    n = len(whole.schools)
    return [
        _asked(f"best exchange of a group, median of {len(swaps)}", n, apart(best_swap, swaps, swaps[0])),
        _asked(f"why not with a school nearby, median of {len(pairs)}", n, apart(why_not, pairs, pairs[0])),
    ]


def _some(groups: list[Ids]) -> list[Ids]:
    return random.Random(2).sample(groups, min(ASKED, len(groups)))


def _here(whole: Round, stands: Standing) -> tuple[dict[str, School], list[Ids]]:
    """The schools by id, and the groups of which nobody has left."""
    by_id = {school.id: school for school in whole.schools}
    return by_id, [group for group in stands.groups if all(school in by_id for school in group)]


def _asked(what: str, schools: int, took: Apart[Any]) -> Row:
    said = f"{what}; slowest {max(took.wall):.3f} s"
    return {
        "N": schools, "what": said, "wall s": median(took.wall), "CPU s": median(took.cpu), "MB": round(took.mb),
    }  # fmt: skip


def again(matching: Round, stands: Standing, effort: Effort, *, line: bool = True) -> list[Row]:
    """One re-match, and the curve where `line`."""
    small, groups, _ = cohort(100, COMPILED)  # the compiled code is loaded before the clock
    asked, warm = (matching, stands, 1, effort), (small, groups, 1, COMPILED)
    one = apart(rematch, [asked], warm)
    (match,) = one.results
    limit = {"bound": match.bound, "bound is": match.bound_kind, "priced": len(match.prices)}
    found = [_searched("re-match", matching, one) | {"score": match.parts.total} | limit]
    if line:
        all_of_it = apart(curve, [asked], warm)
        found.append(_searched("curve", matching, all_of_it))
        for point in (option.point for option in all_of_it.results[0]):
            how = "curve, repair" if point.keeping is None else f"curve, kept counts {point.keeping:g}"
            of_it = {"score": point.score, "ended": point.ended, "waiting": point.waiting}
            found.append({"N": len(matching.schools), "what": how} | of_it)
    return found


def _searched(what: str, matching: Round, took: Apart[Any]) -> Row:
    return {
        "N": len(matching.schools), "what": what, "wall s": took.wall[0], "CPU s": took.cpu[0], "MB": round(took.mb),
    }  # fmt: skip


def rows(sizes: Iterable[int], effort: Effort = NORMAL) -> list[Row]:
    """A row for each question and size, for a re-match and for each point of the curve."""
    found = []
    for schools in sizes:
        matching, stands, score = cohort(schools, effort)
        found += [_formed(matching, score), *questions(matching, stands), *again(matching, stands, effort)]
    return found


def asked(schools: int, *, rematched: bool = False) -> list[Row]:
    """Questions and, where `rematched`, one re-match, of groups formed with a tenth of the effort.

    Questions take as long, whatever the score.
    """
    matching, stands, score = cohort(schools, Effort(steps=NORMAL.steps // 10, windows=0))
    found = questions(matching, stands)
    return [_formed(matching, score), *found, *again(matching, stands, NORMAL, line=False)] if rematched else found


def _formed(matching: Round, score: float) -> Row:
    return {"N": len(matching.schools), "what": "as it was formed", "score": score}


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
