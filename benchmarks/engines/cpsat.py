"""Set partitioning over every feasible group in CP-SAT: exact, and possible for a few dozen schools only."""

from __future__ import annotations

from ortools.sat.python import cp_model

from benchmarks.matching_peers import Groups, every_group, faults, value
from services.matching.engine.effort import split
from services.matching.engine.instance import Instance

SCALE = 1_000_000


def groups(x: Instance, seconds: float) -> Groups:
    """The best partition found in time. Raises TimeoutError where there is none."""
    columns = [group for group in every_group(x) if not faults(x, group)]
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in columns]
    for school in range(x.size):
        model.add_exactly_one(var for var, group in zip(chosen, columns, strict=True) if school in group)
    trios, quads, _ = split(x.size, (3, 4))
    model.add(sum(chosen) == trios + quads)
    model.maximize(sum(round(SCALE * value(x, group)) * var for var, group in zip(chosen, columns, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise TimeoutError(f"CP-SAT found nothing in {seconds:.0f} s.")
    return [group for var, group in zip(chosen, columns, strict=True) if solver.value(var)]
