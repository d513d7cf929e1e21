"""The last step to the best partition: an integer programme over the groups that reduced-cost fixing leaves.

A group whose reduced cost exceeds the gap between bound and score is in no better partition. The others go to HiGHS
(SciPy), if they are few. What it proves holds for all partitions.
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
"""The integer programme takes so many groups at most."""
NODES = 2000
ROUNDING = 1e-7
LOOK = 0.2
"""Seconds between signs of life."""


class Closed(NamedTuple):
    """What is proved: the upper bound `limit`; `best`: a partition attains it; `groups`: a better one, if any."""

    limit: float
    best: bool
    groups: list[Group]


def close(
    x: Instance, weights: Weights, columns: Columns, groups: list[Group], sign: Sign | None = None
) -> Closed | None:
    """Find the best partition among the groups that reduced-cost fixing leaves; None where there are too many.

    `sign` is called several times a second. An exception from it ends the search at once. The integer programme itself
    runs on in its thread and its result is dropped: HiGHS cannot be interrupted from SciPy.
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
    """The result of the work. With a `sign` it runs in a thread of its own, and the sign is called meanwhile."""
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
