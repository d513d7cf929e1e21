"""Local repair of groups that break a rule or have a wrong size; the rest of the cohort stays.

Each broken group is solved again with the groups nearest to it, as a small round in which a kept relationship counts
more than any score. Whoever is still left over is then inserted anywhere. Pure and seeded.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.matching.engine.chance import Chance
from services.matching.engine.insertion import Fits, Worth, reinsert
from services.matching.engine.instance import Instance, Weights, X, Y, subset
from services.matching.engine.measures import measured, measures, signed
from services.matching.engine.progress import Progress, Sign, stretch
from services.matching.engine.small import Tables, anneal_small, mask_of, members

__all__ = ["STAY", "annealed", "repaired"]

Groups = list[list[int]]

STAY = 1.0
"""The weight of a kept relationship in a repair: more than two schools could gain by parting."""
LOCAL = 32
"""Schools around a broken group that may move for it."""
STEPS = 400


def repaired(
    x: Instance, weights: Weights, sizes: tuple[int, ...], groups: Groups, loose: list[int], *, seed: int,
    sign: Sign | None = None,
) -> tuple[Groups, list[int]]:  # fmt: skip
    """(groups that keep every rule and size, with as few relationships ended as the search finds; who waits).

    `sign` is called again and again. An exception from it ends the search.
    """
    kept = weights._replace(keeping=STAY)
    fits, worth = measures(x, kept)
    fits = signed(fits, sign)
    now = dict(enumerate([list(group) for group in groups if group]))
    waiting = _joined(now, loose, fits, worth, sizes)
    broken = {at for at, group in now.items() if len(group) not in sizes or not fits(group)}
    middles = {at: _middle(x, group) for at, group in now.items()}
    fresh = len(now)
    for spot in sorted(broken):
        if spot not in broken:
            continue
        if sign:
            sign()
        spots, bound = _linked(x, now, waiting, spot)
        around = _around(now, middles, spots)
        broken.difference_update(around)
        waiting = [school for school in waiting if school not in bound]
        taken = [*(now.pop(at) for at in around), *([school] for school in bound)]
        some = np.array(sorted(school for group in taken for school in group), np.int32)
        for at in around:
            del middles[at]
        found, left = _settle(x, some, kept, sizes, taken, seed=seed, sign=sign)
        waiting += left
        for group in found:
            now[fresh], middles[fresh] = group, _middle(x, group)
            fresh += 1
    whole = [now[at] for at in sorted(now)]
    return whole, reinsert(whole, waiting, fits, worth, sizes)


def _joined(now: dict[int, list[int]], loose: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> list[int]:
    """Put schools without a group into groups that lack one school, which ends no relationship; who is left."""
    left = list(loose)
    for group in now.values():
        able = [school for school in left if fits([*group, school])] if len(group) + 1 == min(sizes) else []
        if able:
            best = max(able, key=lambda school: worth([*group, school]))
            group.append(best)
            left.remove(best)
    return left


def annealed(x: Instance, weights: Weights, groups: Groups, seed: int, progress: Progress | None = None) -> Groups:
    """A small round's feasible groups, improved by annealing from a high and from a lower temperature; sizes stay."""
    tables, start = Tables(x, weights), [mask_of(group) for group in groups]
    ways = {0.15: stretch(progress, 0.0, 0.5), 0.05: stretch(progress, 0.5, 1.0)}
    found = [anneal_small(tables, start, 800 * x.size, hot, 0.01, Chance(seed), way) for hot, way in ways.items()]
    best = max(found, key=lambda masks: sum(tables.value(mask) for mask in masks))
    return [members(mask) for mask in best]


def _linked(x: Instance, now: dict[int, list[int]], loose: list[int], spot: int) -> tuple[list[int], list[int]]:
    """(groups, schools without one) that pins bind to the group at `spot`, directly or through others."""
    home = {school: at for at, group in now.items() for school in group}
    found, single, ahead = [spot], list[int](), list(now[spot])
    while ahead:
        school = ahead.pop()
        for partner in x.together[x.together_start[school] : x.together_start[school + 1]].tolist():
            at = home.get(partner)
            if at is not None and at not in found:
                found.append(at)
                ahead += now[at]
            elif at is None and partner in loose and partner not in single:
                single.append(partner)
                ahead.append(partner)
    return found, single


def _middle(x: Instance, group: list[int]) -> np.ndarray:
    middle: np.ndarray = x.facts[group][:, [X, Y]].mean(axis=0)
    return middle


def _around(now: dict[int, list[int]], middles: dict[int, np.ndarray], spots: list[int]) -> list[int]:
    """The groups at `spots` and those nearest to any of them, up to LOCAL schools."""
    names, places = list(middles), np.array(list(middles.values()))
    own = np.array([middles[spot] for spot in spots])
    ways = np.sqrt(((places[:, None] - own[None]) ** 2).sum(axis=2)).min(axis=1)
    chosen, count = list(spots), sum(len(now[at]) for at in spots)
    for at in (names[nth] for nth in np.argsort(ways, kind="stable").tolist()):
        if at in spots:
            continue
        if count + len(now[at]) > LOCAL:
            break
        chosen.append(at)
        count += len(now[at])
    return chosen


def _settle(
    x: Instance, some: np.ndarray, weights: Weights, sizes: tuple[int, ...], groups: Groups, *, seed: int,
    sign: Sign | None,
) -> tuple[Groups, list[int]]:  # fmt: skip
    """The best regrouping of `some` schools, now in `groups`: most placed, then fewest relationships ended."""
    part = subset(x, some)
    tables = Tables(part, weights)
    fits, worth = measured(tables)
    place = {int(school): at for at, school in enumerate(some)}
    best: tuple[int, float] = (-1, 0.0)
    outcome: tuple[Groups, list[int]] = ([], [])
    for start, left in _starts([[place[school] for school in group] for group in groups], sizes):
        masks, steps, hot = [mask_of(group) for group in start], STEPS * len(some), 0.15 + weights.keeping
        masks = anneal_small(tables, masks, steps, hot, 0.01, Chance(seed), (lambda _: sign()) if sign else None)
        found = [members(mask) for mask in masks]
        waiting = reinsert(found, left, fits, worth, sizes)
        rank = (sum(len(group) for group in found), sum(worth(group) for group in found))
        if rank > best:
            best, outcome = rank, (found, waiting)
    own = some.tolist()
    return [[own[at] for at in group] for group in outcome[0]], [own[at] for at in outcome[1]]


def _starts(groups: Groups, sizes: tuple[int, ...]) -> Iterator[tuple[Groups, list[int]]]:
    """Partitions of allowed sizes to begin from, with who is left over.

    Groups that are too small are dissolved into others, or filled up from quads.
    """
    whole = [group for group in groups if len(group) in sizes]
    small = [group for group in groups if len(group) not in sizes]
    yield _seated(whole, [school for group in small for school in group], sizes)
    quads = [group for group in whole if len(group) == 4]
    pairs = [group for group in small if len(group) == 2]
    if 3 in sizes and 0 < len(pairs) <= len(quads):
        filled = [[*pair, quad[-1]] for pair, quad in zip(pairs, quads, strict=False)]
        lent = [quad[:-1] for quad in quads[: len(pairs)]]
        rest = [group for group in whole if group not in quads[: len(pairs)]]
        yield _seated([*rest, *lent, *filled], [group[0] for group in small if len(group) == 1], sizes)


def _seated(groups: Groups, pool: list[int], sizes: tuple[int, ...]) -> tuple[Groups, list[int]]:
    """Seat the pool: one each in a trio, three in a new trio, or fewer in a new trio with members of quads."""
    found, left = [list(group) for group in groups], list(pool)
    while left:
        trios = [group for group in found if len(group) == 3] if 4 in sizes else []
        lenders = [group for group in found if len(group) == 4][: max(3 - len(left), 0)]
        if trios and len(left) < 3:
            trios[0].append(left.pop())
        elif 3 in sizes and len(left) + len(lenders) >= 3:
            borrowed = [lender.pop() for lender in lenders]
            found.append([*borrowed, *(left.pop() for _ in range(3 - len(borrowed)))])
        else:
            break
    return found, left
