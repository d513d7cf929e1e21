"""Made-up rounds of schools, seeded, as large as England: the instances that every figure about matching comes from.

Schools cluster around towns, belong to trusts of neighbours with heavy-tailed sizes, and have been grouped with
neighbours twice before. Nobody is hopeless: who has fewer than twelve possible partners is moved to a town.
The order of the random draws is part of the definition; changing it makes figures incomparable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from services.matching.engine.instance import Instance, rows

TOPICS, NEEDS, BEFORE = 24, 5, 8
CLASH = np.array([[False, True, False], [True, False, False], [False, False, False]])
"""Phases: 0 primary, 1 secondary, 2 special."""

Array = Any


@dataclass
class Made:
    """The arrays of a round.

    Places in km, phase, band of size, authority, free meals, farthest way, trust, needs (topic, share), strengths
    (0..1), and who was grouped with whom.
    """

    xy: Array
    phase: Array
    band: Array
    authority: Array
    fsm: Array
    accept: Array
    trust: Array
    needs: Array
    wishes: Array
    strengths: Array
    before: Array


def generate(n: int, seed: int = 1) -> Made:
    """The round of n schools."""
    rng = np.random.default_rng(seed)
    width, height, towns = next(area for most, area in AREAS if n <= most)
    centres = rng.uniform([0, 0], [width, height], (towns, 2))
    weight = rng.pareto(1.3, towns) + 0.3
    weight /= weight.sum()
    town = rng.choice(towns, n, p=weight)
    spread = np.where(weight * n > n * 0.03, 9, 16)
    xy = centres[town] + rng.normal(size=(n, 2)) * spread[town][:, None]
    phase = rng.choice(3, n, p=[0.72, 0.20, 0.08])
    pupils = np.clip(rng.lognormal(np.where(phase == 1, 6.9, 5.55), 0.45), 40, 2600)
    fsm = np.clip(rng.beta(2, 5, n) + rng.normal(0, 0.06, towns)[town], 0.01, 0.75)
    accept = np.where(rng.random(n) < 0.35, 60.0, np.where(rng.random(n) < 0.5, 25.0, 40.0))
    if n <= 60:
        accept[:] = 60
    trust = _trusts(rng, xy)
    needs, wishes, strengths = _topics(rng, n)
    made = Made(
        xy, phase, np.digitize(pupils, [180, 320, 700, 1200]), town, fsm, accept, trust, needs, wishes, strengths, None
    )
    made.before = _grouped_before(rng, xy)
    _rescue(rng, made, centres, weight)
    return made


AREAS = ((60, (50, 50, 3)), (600, (140, 120, 10)), (6000, (250, 220, 40)), (10**9, (420, 540, 150)))
"""Most schools -> width, height (km), towns."""


def _trusts(rng: Array, xy: Array) -> Array:
    """About 55 % of schools in trusts that grow among neighbours; -1 for none."""
    n = len(xy)
    trust = -np.ones(n, np.int32)
    number = used = 0
    for i in rng.permutation(n):
        if used >= int(0.55 * n):
            break
        if trust[i] >= 0:
            continue
        size = int(min(2 + rng.pareto(1.2) * 3, 60, max(2, n // 10)))
        away = ((xy - xy[i]) ** 2).sum(1)
        away[trust >= 0] = 1e18
        away[i] = -1
        near = np.argpartition(away, min(3 * size, n - 1))[: 3 * size]
        near = near[away[near] < 1e17]
        chosen = rng.permutation(near)[:size]
        chosen[0] = i
        trust[chosen] = number
        number += 1
        used += len(chosen)
    return trust


def _topics(rng: Array, n: int) -> tuple[Array, Array, Array]:
    """Three to five needs with shares, and two to five strengths that are seldom a need of one's own."""
    wanted = 1 / np.arange(1, TOPICS + 1) ** 0.8
    wanted /= wanted.sum()
    shared = 1 / np.arange(1, TOPICS + 1) ** 0.4
    shared = shared[rng.permutation(TOPICS)]
    shared /= shared.sum()
    needs, wishes = -np.ones((n, NEEDS), np.int32), np.zeros((n, NEEDS), np.float32)
    strengths = np.zeros((n, TOPICS), np.float32)
    for i in range(n):
        count = rng.integers(3, NEEDS + 1)
        topics = rng.choice(TOPICS, count, replace=False, p=wanted)
        needs[i, :count], wishes[i, :count] = topics, rng.dirichlet(np.ones(count) * 3)
        count = rng.integers(2, 6)
        likely = shared.copy()
        likely[topics] *= 0.1
        likely /= likely.sum()
        chosen = rng.choice(TOPICS, count, replace=False, p=likely)
        strengths[i, chosen] = rng.choice([0.4, 0.6, 0.8, 1.0], count, p=[0.2, 0.3, 0.3, 0.2])
    return needs, wishes, strengths


def _grouped_before(rng: Array, xy: Array) -> Array:
    """Two earlier rounds of trios among neighbours, up to BEFORE schools each."""
    n = len(xy)
    before, count = -np.ones((n, BEFORE), np.int32), np.zeros(n, int)
    _, near = cKDTree(xy).query(xy, min(n, 40))
    for _ in range(2):
        for i in rng.permutation(n)[: int(0.4 * n)]:
            one, two = rng.choice(near[i, 1:], 2, replace=False)
            for a, b in ((i, one), (i, two), (one, two)):
                if a != b and count[a] < BEFORE and count[b] < BEFORE and b not in before[a]:
                    before[a, count[a]], before[b, count[b]] = b, a
                    count[a] += 1
                    count[b] += 1
    return before


def _rescue(rng: Array, made: Made, centres: Array, weight: Array) -> None:
    """Move schools with too few possible partners next to a town, as long as there are any."""
    for attempt in range(20):
        tree = cKDTree(made.xy)
        hopeless = [i for i in range(len(made.xy)) if not _has_partners(made, tree, i)]
        if not hopeless:
            return
        for i in hopeless:
            if attempt > 3:
                made.phase[i] = 2 if rng.random() < 0.3 else 0
            made.accept[i] = 60.0
            made.authority[i] = rng.choice(len(weight), p=weight)
            made.xy[i] = centres[made.authority[i]] + rng.normal(size=2) * 6
            made.trust[i] = -1


def _has_partners(made: Made, tree: Any, i: int) -> bool:
    near = np.array(tree.query_ball_point(made.xy[i], made.accept[i]))
    near = near[near != i]
    if not len(near):
        return False
    away = np.hypot(*(made.xy[near] - made.xy[i]).T)
    possible = (away <= made.accept[near]) & (made.phase[near] + made.phase[i] != 1)
    possible &= (made.trust[near] != made.trust[i]) | (made.trust[i] < 0)
    possible &= ~np.isin(near, made.before[i])
    return bool(possible.sum() >= min(12, len(made.xy) // 3))


def instance(made: Made) -> Instance:
    """The round as the engine takes it."""
    n = len(made.xy)
    facts = np.empty((n, 8), np.float64)
    columns = (made.accept, made.fsm.astype(np.float32), made.phase, made.trust, made.band, made.authority)
    facts[:, 0:2] = made.xy.astype(np.float32)
    for at, column in enumerate(columns, start=2):
        facts[:, at] = column
    pairs = [(i, int(j)) for i in range(n) for j in made.before[i] if j >= 0]
    offers = np.round(made.strengths * 100).astype(np.uint8)
    none = rows([], n)
    wishes = made.wishes.astype(np.float64)
    return Instance(facts, CLASH, made.needs.astype(np.int16), wishes, offers, *rows(pairs, n), *none, *none)
