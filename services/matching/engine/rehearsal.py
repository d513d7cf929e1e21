"""A made-up round that needs every compiled function of the engine."""

import numpy as np

from services.matching.engine.bound import bound
from services.matching.engine.effort import Effort
from services.matching.engine.instance import Instance, rows
from services.matching.engine.large import solve_large
from services.matching.engine.solve import WEIGHTS

SCHOOLS, TOPICS, NEEDS = 96, 8, 2


def made_up() -> Instance:
    """A round of schools on a grid, each with two needs that its neighbours can serve."""
    numbers = np.arange(SCHOOLS)
    facts = np.zeros((SCHOOLS, 8))
    facts[:, 0], facts[:, 1] = numbers % 12, numbers // 12
    facts[:, 2], facts[:, 3], facts[:, 5], facts[:, 6] = 50.0, (numbers % 10) / 10, -1, numbers % 4
    none_start, none = rows([], SCHOOLS)
    apart_start, apart = rows([(0, 1)], SCHOOLS)
    return Instance(
        facts=facts,
        clash=np.zeros((1, 1), np.bool_),
        needs=np.stack([numbers % TOPICS, (numbers + 3) % TOPICS], axis=1).astype(np.int16),
        wishes=np.full((SCHOOLS, NEEDS), 0.5),
        offers=((numbers[:, None] + np.arange(TOPICS)) % 4 * 25).astype(np.uint8),
        apart_start=apart_start,
        apart=apart,
        together_start=none_start,
        together=none,
        kept_start=none_start,
        kept=none,
    )


def rehearse() -> None:
    """Solve and bound the made-up round with next to no effort."""
    x, effort = made_up(), Effort(steps=20, base=5000, rounds=4, ceiling=300.0)
    groups, _, _, _ = solve_large(x, WEIGHTS, (3, 4), 1, effort, None, None)
    bound(x, WEIGHTS, [tuple(group) for group in groups], effort)
