"""The last step to the best partition: where few groups could be in a better one, an integer programme weighs them all.

A group whose members pay more than its value by the whole distance between bound and score is in no better partition
(reduced cost fixing); the rest go to HiGHS (SciPy), and what it proves holds for every partition there is.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from threading import Thread
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from services.matching.engine.columns import Columns, sizes_of
from services.matching.engine.instance import Instance, Ints, Weights
from services.matching.engine.kernel import group_value
from services.matching.engine.pool import Group
from services.matching.engine.pricing import pairs, worthwhile
from services.matching.engine.progress import Sign

FEW = 4000
"""So many groups at most go to the integer programme."""
NODES = 2000
ROUNDING = 1e-7
LOOK = 0.2
"""Seconds between signs of life."""


class Closed(NamedTuple):
    """What is proved: no partition is worth more than `limit`; whether one reaches it; a better one, if any."""

    limit: float
    best: bool
    groups: list[Group]


def close(
    x: Instance, weights: Weights, columns: Columns, groups: list[Group], sign: Sign | None = None
) -> Closed | None:
    """Weigh every group that may be in a better partition than `groups`; None where there are too many.

    `sign` is called several times a second; what it raises ends everything, but for the integer programme, which goes
    on unheard: HiGHS cannot be interrupted from SciPy.
    """
    table, prices, found = pairs(x, weights), columns.prices, np.full((FEW, 4), -1, np.int32)
    reached = sum(_value(x, weights, group) for group in groups)
    slack = max(columns.limit - reached, 0.0) + ROUNDING
    count = worthwhile(x, weights, table, prices.schools, prices.tolls, slack, found)
    if count > FEW:
        return None
    able = sorted({*groups, *_groups(found[:count])})
    worths = np.array([_value(x, weights, group) for group in able])
    done = _attended(partial(_programme, x.size, able, worths, groups), sign)
    if done.x is None:
        return None
    limit = min(columns.limit, max(-done.mip_dual_bound, reached) + ROUNDING)
    better = [able[at] for at in np.flatnonzero(done.x > 0.5)] if -done.fun > reached + ROUNDING else []
    return Closed(limit, done.status == 0, better)


def _programme(n: int, able: list[Group], worths: np.ndarray, groups: list[Group]) -> Any:
    rows = [at for group in able for at in (*group, n + len(group) - 3)]
    starts = np.concatenate([[0], np.cumsum([len(group) + 1 for group in able])])
    table = csc_array((np.ones(len(rows)), rows, starts), shape=(n + 2, len(able)))
    wanted = np.concatenate([np.ones(n), sizes_of(groups)])
    once = LinearConstraint(table, wanted, wanted)
    options = {"node_limit": NODES, "mip_rel_gap": 0.0}
    return milp(-worths, constraints=once, bounds=Bounds(0, 1), integrality=np.ones(len(able)), options=options)


def _attended(work: Callable[[], Any], sign: Sign | None) -> Any:
    """The result of the work, done in a thread of its own where signs are wanted meanwhile."""
    if sign is None:
        return work()
    done: Future[Any] = Future()

    def finish() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is awaited
            done.set_exception(error)

    Thread(target=finish, daemon=True).start()
    while not wait([done], timeout=LOOK).done:
        sign()
    return done.result()


def _groups(rows: Ints) -> list[Group]:
    return [tuple(i for i in row if i >= 0) for row in rows.tolist()]


def _value(x: Instance, weights: Weights, group: Group) -> float:
    return float(group_value(x, weights, np.array(group, np.int32), len(group)))
