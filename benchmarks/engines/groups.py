"""Groups of schools (P1): Kindred beside its peers, from a few dozen schools to all of England's number."""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import log

from benchmarks.engines.measured import measured
from benchmarks.engines.table import Row
from benchmarks.instances import generate, instance
from benchmarks.matching_peers import hill_climb, score
from services.matching.engine.effort import Effort
from services.matching.engine.solve import solve

MOST = {"CP-SAT, every group": 40, "GroupEng": 3_000}
PEERS = ("random", "greedy", "hill-climb in Python", "GroupEng", "CP-SAT, every group")
EFFORTS = (0.02, 0.1, 0.3, 1.0)
"""Shares of the usual effort, for the picture of score over time."""


def rows(sizes: tuple[int, ...], climb: float) -> list[Row]:
    """A row an engine and size; a peer that cannot be run is named with the reason.

    ``climb``: seconds for peers that would search for ever.
    """
    found = []
    for n in sizes:
        for engine in ("kindred", *PEERS):
            if n <= MOST.get(engine, n):
                found.append(measured(engine, n, climb))
                print(f"  {engine}, N = {n}: {found[-1].get('score', found[-1].get('note'))}", flush=True)
    return [against(row, found) for row in found]


def against(row: Row, rows: Sequence[Row]) -> Row:
    """The row with its gap to the bound of its size, where that holds for every partition and not by window only."""
    bounded = next((one for one in rows if one["N"] == row.get("N") and "bound" in one), None)
    if bounded is None or "score" not in row or "certified" not in str(bounded["bound is"]):
        return row
    gap = {"bound": bounded["bound"], "gap %": round(100 * (1 - row["score"] / bounded["bound"]), 2)}
    return {**{name: row[name] for name in ("engine", "N", "score")}, **gap, **row}


def growth(measures: list[tuple[int, float]]) -> float:
    """The exponent b of seconds = a * N ** b, by least squares on logarithms."""
    points = [(log(n), log(max(seconds, 1e-3))) for n, seconds in measures]
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    slope: float = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
    return slope


def over_time(n: int, climb: float) -> dict[str, list[tuple[float, float]]]:
    """Engine -> (CPU seconds, score) as more effort is given."""
    x, usual = instance(generate(n)), Effort()
    solve(x, effort=Effort(steps=0, base=n, assignments=0))  # compiled code is loaded before the clock
    lines: dict[str, list[tuple[float, float]]] = {"kindred": [], "hill-climb in Python": []}
    for share in EFFORTS:
        moves = int(share * usual.moves(n))
        began = time.process_time()
        found = solve(x, effort=Effort(steps=0, base=moves, assignments=share * usual.assignments))
        lines["kindred"].append((time.process_time() - began, score(x, [list(group) for group in found.groups])))
    for seconds in (climb / 30, climb / 6, climb * 2 / 3):
        lines["hill-climb in Python"].append((seconds, score(x, hill_climb(x, seconds))))
    return lines
