"""Scheduling, measured at several sizes, beside first-fit and CP-SAT on the same problem in the same run.

    python -m benchmarks.scheduling 60 1000 8000 --declines 300

Points a visit are what `domain.model.Weights` charges (weekday, evenness, shared half-term, kilometres): the fewer the
better.
"""

import argparse
import datetime as dt
import math
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from benchmarks.scheduling_cases import scheduling_case
from benchmarks.scheduling_cpsat import cp_sat
from benchmarks.scheduling_peers import first_fit
from services.scheduling.domain.board import Board
from services.scheduling.domain.checker import check
from services.scheduling.domain.model import Plan, Problem
from services.scheduling.domain.plan import plan
from services.scheduling.domain.planner import new_board
from services.scheduling.domain.replan import Replanner

HEADINGS = ("groups", "engine", "wall s", "CPU s", "visits", "left over", "proven", "violations", "points/visit", "MB")
WIDTHS = (7, 12, 8, 8, 8, 10, 7, 11, 13, 6)
TODAY = dt.date(2026, 11, 2)


def points(board: Board, found: Plan) -> float:
    """Points a visit, counted from the finished calendar and not from the planner's tables."""
    rules, index, total = board.problem.rules, board.diaries.horizon.index, 0
    by_group: dict[str, list[int]] = {}
    for visit in sorted(found.visits, key=lambda each: each.on):
        total += board.points_of(visit)
        theirs, day = by_group.setdefault(visit.group, []), index[visit.on]
        start = int(board.diaries.half_term_starts(visit.host)[day])
        total += rules.weights.same_half_term if theirs and theirs[-1] >= start else 0
        theirs.append(day)
    for days in by_group.values():
        total += sum(int(row[day]) for row, day in zip(board.places(len(days)), days, strict=True))
    return total / max(1, len(found.visits))


def measured(problem: Problem, name: str, engine: Callable[[Problem], Plan]) -> Plan:
    """Run one engine and print its row."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = engine(problem)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    board = new_board(problem, found.events)
    row = (
        len(problem.groups),
        name,
        f"{wall:.2f}",
        f"{cpu:.2f}",
        len(found.visits),
        len(found.unplaced),
        sum(each.proven for each in found.unplaced),
        len(check(problem, found)),
        f"{points(board, found):.1f}",
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
    print("".join(str(cell).rjust(width) for cell, width in zip(row, WIDTHS, strict=True)), flush=True)
    return found


def declines(problem: Problem, found: Plan, count: int, seed: int = 3) -> None:
    """Re-plan so many declines one after another and print the tiers and times."""
    board = new_board(problem, found.events)
    board.put_all(found.visits)
    replanner, rng, times, tiers = Replanner(board, TODAY), random.Random(seed), list[float](), Counter[str]()
    groups = [group.id for group in problem.groups if group.id in board.visits]
    while len(times) < count:
        visit = rng.choice(board.visits[rng.choice(groups)])
        if visit.on <= replanner.frozen:
            continue
        who = rng.choice((*visit.attendees, visit.facilitator or visit.attendees[0]))
        started = time.perf_counter()
        board.diaries.rule_out(who, [visit.on])
        repair = replanner.repair(visit)
        times.append(time.perf_counter() - started)
        tiers[f"{repair.tier.value} ({len(repair.changes)} changed)"] += 1
    times.sort()
    p50, p95 = times[count // 2] * 1e3, times[int(count * 0.95)] * 1e3
    broken = len(check(problem, Plan(board.all_visits(problem.groups), board.events, found.unplaced)))
    named = ", ".join(f"{name}: {number}" for name, number in tiers.most_common())
    print(f"  {count} declines: p50 {p50:.2f} ms, p95 {p95:.2f} ms, violations {broken}; {named}", flush=True)


def main() -> None:
    """Measure the sizes asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=[8, 60, 300, 1000])
    asked.add_argument("--declines", type=int, default=300)
    asked.add_argument("--cp-sat-up-to", type=int, default=8, help="groups up to which CP-SAT is tried")
    asked.add_argument("--cp-sat-seconds", type=float, default=60)
    asked.add_argument("--crowded", type=float, default=1.0, help="share of the usual facilitators")
    options = asked.parse_args()
    print("".join(head.rjust(width) for head, width in zip(HEADINGS, WIDTHS, strict=True)))
    seconds = {}
    for size in options.sizes:
        problem = scheduling_case(size, crowded=options.crowded)
        started = time.perf_counter()
        found = measured(problem, "kindred", plan)
        seconds[size] = time.perf_counter() - started
        measured(problem, "first-fit", first_fit)
        if size <= options.cp_sat_up_to:
            _cp_sat(problem, options.cp_sat_seconds)
        declines(problem, found, options.declines)
    for one, other in pairwise(sorted(seconds)):
        exponent = math.log(seconds[other] / seconds[one]) / math.log(other / one)
        print(f"time grows as groups^{exponent:.2f} from {one} to {other}")


def _cp_sat(problem: Problem, seconds: float) -> None:
    notes = []

    def engine(given: Problem) -> Plan:
        found, note = cp_sat(given, seconds)
        notes.append(note)
        return found or Plan((), new_board(given).events)

    measured(problem, "CP-SAT", engine)
    print(f"  CP-SAT: {notes[0]}", flush=True)


if __name__ == "__main__":
    main()
