"""Scheduling, measured at several sizes, beside first-fit and CP-SAT on the same problem in the same run.

    python -m benchmarks.scheduling 60 1000 8000 --declines 300

Points a visit are what `domain.model.Weights` charges (weekday, evenness, shared half-term, kilometres): the fewer the
better. `rows` and `replan_rows` give the same figures as data.
"""

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from benchmarks.measuring import Measured, measured
from benchmarks.scheduling_cases import scheduling_case
from benchmarks.scheduling_costs import bound, points
from benchmarks.scheduling_peers import first_fit
from benchmarks.scheduling_replan import replan_rows
from services.scheduling.handlers.workers.processes import side_by_side
from services.scheduling.planner.checker import check
from services.scheduling.planner.model import Plan, Problem
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan

__all__ = ["replan_rows", "rows"]

Row = dict[str, Any]
PROCESSES = 2
CP_SAT = "CP-SAT"
ENGINES: dict[str, Callable[[Problem], Plan]] = {
    "kindred": partial(plan, plan_parts=side_by_side(PROCESSES)),
    "first-fit": first_fit,
}


def rows(sizes: Iterable[int], *, crowded: float = 1.0, cp_sat_up_to: int = 8, cp_sat_seconds: float = 60) -> list[Row]:
    """A row for each size and engine, each from a process of its own; columns are those of `row`."""
    found = []
    for size in sizes:
        engines = [*ENGINES, *([CP_SAT] if size <= cp_sat_up_to else [])]
        found += [_apart(engine, size, crowded, cp_sat_seconds) for engine in engines]
    return found


def _apart(engine: str, size: int, crowded: float, seconds: float) -> Row:
    """A row from a process that has loaded nothing but what this engine needs."""
    asked = [str(size), "--only", engine, "--crowded", str(crowded), "--cp-sat-seconds", str(seconds)]
    command = [sys.executable, "-m", "benchmarks.scheduling", *asked]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: Row = json.loads(done.stdout)
    return found


def _one(engine: str, size: int, crowded: float, seconds: float) -> Row:
    problem = scheduling_case(size, crowded=crowded)
    if engine == CP_SAT:
        return _cp_sat(problem, seconds)
    return row(problem, engine, measured(partial(ENGINES[engine], problem)))


def row(problem: Problem, engine: str, made: Measured[Plan]) -> Row:
    """What an engine made of a problem: cost and bound in points a visit, seconds of wall and CPU, peak MB."""
    found = made.result
    cost = points(new_board(problem, found.events), found)
    least = bound(new_board(problem, found.events), found)
    return {
        "groups": len(problem.groups),
        "engine": engine,
        "visits": len(found.visits),
        "cost": round(cost, 2),
        "bound": round(least, 2),
        "violations": len(check(problem, found)),
        "left over": len(found.unplaced),
        "proven": sum(each.proven for each in found.unplaced),
        "wall s": round(made.wall, 4),
        "CPU s": round(made.cpu, 4),
        "MB": round(made.mb),
        "note": "",
    }


def _cp_sat(problem: Problem, seconds: float) -> Row:
    from benchmarks.scheduling_cpsat import cp_sat

    notes = []

    def engine() -> Plan:
        found, note = cp_sat(problem, seconds)
        notes.append(note)
        return found or Plan((), new_board(problem).events)

    return row(problem, CP_SAT, measured(engine)) | {"note": notes[0]}


def exponents(found: Sequence[Row]) -> list[str]:
    """How time grows from size to size."""
    ours = [each for each in found if each["engine"] == "kindred" and each["CPU s"]]
    return [_growth(one, other) for one, other in pairwise(ours) if one["groups"] != other["groups"]]


def _growth(one: Row, other: Row) -> str:
    power = math.log(other["CPU s"] / one["CPU s"]) / math.log(other["groups"] / one["groups"])
    return f"CPU time grows as groups^{power:.2f} from {one['groups']} to {other['groups']}"


def shown(found: Sequence[Row]) -> str:
    """Rows as text in columns."""
    heads = list(found[0]) if found else []
    lines = [heads, *([str(each[head]) for head in heads] for each in found)]
    widths = [max(len(line[place]) for line in lines) + 2 for place in range(len(heads))]
    return "\n".join("".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def main() -> None:
    """Measure the sizes asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=[8, 60, 300, 1000])
    asked.add_argument("--declines", type=int, default=300)
    asked.add_argument("--cp-sat-up-to", type=int, default=8, help="groups up to which CP-SAT is tried")
    asked.add_argument("--cp-sat-seconds", type=float, default=60)
    asked.add_argument("--crowded", type=float, default=1.0, help="share of the usual facilitators")
    asked.add_argument("--only", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.only:
        print(json.dumps(_one(options.only, options.sizes[0], options.crowded, options.cp_sat_seconds)))
        return
    found = rows(
        options.sizes,
        crowded=options.crowded,
        cp_sat_up_to=options.cp_sat_up_to,
        cp_sat_seconds=options.cp_sat_seconds,
    )
    print(shown(found), *exponents(found), sep="\n", flush=True)
    print(shown(replan_rows(options.sizes, options.declines)), flush=True)


if __name__ == "__main__":
    main()
