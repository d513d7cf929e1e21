"""Matching, measured at several sizes beside simple peers on the same rounds in the same run.

    python -m benchmarks.matching 30 300 3000 --climb 60

The score is the mean of f over the schools (services/matching/domain/score.py). CPU seconds are those of this
process; wall seconds depend on what else runs. The bound, for up to 40 schools, is the set-partitioning LP over all
groups.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from benchmarks.instances import generate, instance
from benchmarks.matching_peers import PEERS, Groups, bound, faults, score, value
from services.matching.engine.effort import NORMAL, Effort
from services.matching.engine.instance import Instance
from services.matching.engine.kernel import coverage
from services.matching.engine.solve import solve

HEADINGS = ("schools", "engine", "score", "min", "p5", "wall s", "CPU s", "broken", "waiting", "bound", "gap %", "MB")
WIDTHS = (8, 24, 8, 6, 6, 8, 8, 7, 8, 8, 7, 6)
ALL_GROUPS = 40


def covered(x: Instance, groups: Groups) -> list[float]:
    """Coverage of every school, ascending."""
    arrays = [np.array(group, np.int32) for group in groups]
    return sorted(float(coverage(x, group, len(group), at)) for group in arrays for at in range(len(group)))


def row(*cells: object) -> None:
    """Print one line of the table."""
    print("  ".join(str(cell).rjust(width) for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


def show(x: Instance, name: str, groups: Groups, *, wall: float, cpu: float, limit: float | None) -> None:
    """One result as a line."""
    got, each = score(x, groups), covered(x, groups)
    gap = f"{100 * (limit - got) / limit:.2f}" if limit else ""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    waiting = x.size - sum(len(group) for group in groups)
    wrong = sum(faults(x, group) for group in groups)
    row(
        x.size, name, f"{got:.4f}", f"{each[0]:.2f}", f"{each[len(each) // 20]:.2f}", f"{wall:.2f}", f"{cpu:.2f}",
        wrong, waiting, f"{limit:.4f}" if limit else "", gap, memory,
    )  # fmt: skip


def measure(n: int, climb: float, seed: int, effort: Effort) -> None:
    """All engines on the round of n schools."""
    x = instance(generate(n))
    value(x, [0, 1, 2])  # compiled before any clock starts
    limit = bound(x) if n <= ALL_GROUPS else None
    wall, cpu = time.perf_counter(), time.process_time()
    found = solve(x, seed=seed, effort=effort)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    show(x, found.engine, [list(group) for group in found.groups], wall=wall, cpu=cpu, limit=limit)
    for name, peer in PEERS.items():
        wall, cpu = time.perf_counter(), time.process_time()
        groups = peer(x, climb)
        show(x, name, groups, wall=time.perf_counter() - wall, cpu=time.process_time() - cpu, limit=limit)


def main() -> None:
    """Read the arguments, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("schools", nargs="*", type=int, default=[30, 300])
    arguments.add_argument("--climb", type=float, default=20.0, help="CPU seconds for hill climbing")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--moves", type=int, default=None, help="moves of the engine, all told")
    chosen = arguments.parse_args()
    effort = NORMAL if chosen.moves is None else Effort(steps=0, base=chosen.moves)
    solve(instance(generate(100)), effort=Effort(steps=10, base=0))  # loads the compiled code
    row(*HEADINGS)
    for n in chosen.schools:
        measure(n, chosen.climb, chosen.seed, effort)


if __name__ == "__main__":
    main()
