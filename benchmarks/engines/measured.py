"""One engine on one instance in a process of its own, so that its seconds and memory are its own.

python -m benchmarks.engines.measured kindred 300 [SECONDS]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.engines import cpsat, groupeng
from benchmarks.instances import generate, instance
from benchmarks.matching import covered
from benchmarks.matching_peers import Groups, at_random, faults, greedy, hill_climb, score, value
from benchmarks.measuring import high_water
from services.matching.engine.bound import bound
from services.matching.engine.effort import NORMAL, Effort
from services.matching.engine.instance import Instance
from services.matching.engine.solve import WEIGHTS, solve

WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
CLIMB = 60.0
"""Seconds for peers that would search for ever."""
PATIENCE = 900.0
Row = dict[str, Any]
ENGINES: dict[str, Callable[[Instance, float], Groups]] = {
    "kindred": lambda x, _: [list(group) for group in solve(x).groups],
    "random": lambda x, _: at_random(x, 0.0),
    "greedy": lambda x, _: greedy(x, 0.0),
    "hill-climb in Python": hill_climb,
    "GroupEng": lambda x, _: groupeng.groups(x.size, PATIENCE),
    "CP-SAT, every group": cpsat.groups,
}


def measured(engine: str, n: int, seconds: float = CLIMB) -> Row:
    """Run an engine in a process of its own; a row without figures and with a note where it did not end well."""
    command = [sys.executable, "-m", __name__, engine, str(n), str(seconds)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE + 60, check=False)
    except subprocess.TimeoutExpired:
        return {"engine": engine, "N": n, "note": f"not done in {PATIENCE:.0f} s"}
    if done.returncode:
        note = done.stderr.strip().splitlines()[-1].replace("FileNotFoundError: ", "absent: ")
        return {"engine": engine, "N": n, "note": note[:120]}
    row: Row = json.loads(done.stdout)
    return row


def one(engine: str, n: int, seconds: float = CLIMB) -> Row:
    """Run an engine here; raises FileNotFoundError where its source is not at hand."""
    x = instance(generate(n))
    value(x, [0, 1, 2])
    if engine == "kindred":
        solve(instance(generate(100)), effort=Effort(steps=10, base=0))  # compiled code is loaded before the clock
    wall, cpu = time.perf_counter(), _cpu()
    groups = ENGINES[engine](x, seconds)
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    memory = max(round(high_water()), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
    each, got = covered(x, groups), score(x, groups)
    return {
        "engine": engine,
        "N": n,
        "score": round(got, 4),
        **(_bounded(x, groups, got) if engine == "kindred" else {}),
        "least": round(each[0], 2),
        "5th percentile": round(each[len(each) // 20], 2),
        "forbidden": sum(faults(x, group) for group in groups),
        "waiting": x.size - sum(len(group) for group in groups),
        "wall s": round(wall, 4),
        "CPU s": round(cpu, 4),
        "MB": memory,
        "partition": groups,
    }


def _bounded(x: Instance, groups: Groups, got: float) -> Row:
    """The bound on Kindred's score, after its time and memory were taken."""
    limit = bound(x, WEIGHTS, [tuple(group) for group in groups], NORMAL)
    if limit is None:
        return {}
    return {"bound": round(limit.value, 4), "gap %": round(100 * (1 - got / limit.value), 2), "bound is": limit.kind}


def _cpu() -> float:
    """CPU seconds of this process and of those it waited for."""
    return sum(resource.getrusage(who).ru_utime for who in WHO)


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]), *map(float, sys.argv[3:]))))
