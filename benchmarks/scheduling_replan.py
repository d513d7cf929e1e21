"""What comes in between, many times over: how fast it is settled, how little moves, and that no rule breaks."""

import datetime as dt
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from benchmarks.scheduling_cases import scheduling_case
from services.scheduling.domain.visits.disruptions import Difference, Disruption, settle
from services.scheduling.planner.board import Board
from services.scheduling.planner.checker import check
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.planner.model import Plan, Problem, Visit
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan

TODAY = dt.date(2026, 11, 2)
WEEK = 7
Row = dict[str, Any]
Draw = Callable[[Visit, random.Random], Disruption]


def decline(visit: Visit, rng: random.Random) -> Disruption:
    """One person who must attend, or the facilitator, cannot come that day."""
    who = rng.choice((*visit.attendees, visit.facilitator or visit.attendees[0]))
    return Disruption("decline", who, frozenset([visit.on]))


def illness(visit: Visit, _: random.Random) -> Disruption:
    """The facilitator is ill for two weeks."""
    return Disruption("illness", visit.facilitator or "", _days(visit, 2 * WEEK))


def closure(visit: Visit, _: random.Random) -> Disruption:
    """The host is closed for a week."""
    return Disruption("closure", visit.host, _days(visit, WEEK))


def inspection(visit: Visit, _: random.Random) -> Disruption:
    """The host expects inspectors on that day and the next."""
    return Disruption("inspection", visit.host, _days(visit, 2))


CASES: dict[str, Draw] = {"decline": decline, "illness": illness, "closure": closure, "inspection": inspection}


def replan_rows(sizes: Iterable[int] = (1000,), count: int = 300) -> list[Row]:
    """A row for each size and kind of disruption, and one for a pause of two weeks of the whole programme."""
    found = []
    for size in sizes:
        problem = scheduling_case(size)
        planned = plan(problem)
        found += [_repeated(problem, planned, name, draw, count) for name, draw in CASES.items()]
        found.append(_paused(problem, planned))
    return found


def _repeated(problem: Problem, planned: Plan, name: str, draw: Draw, count: int) -> Row:
    board, rng, times, settled = _board(problem, planned), random.Random(3), list[float](), list[Difference]()
    known: list[Disruption] = []
    groups = sorted(board.visits)
    frozen = frozen_until(TODAY, problem.rules.notice, problem.bank_holidays)
    while len(times) < count:
        visit = rng.choice(board.visits[rng.choice(groups)])
        if visit.on > frozen:
            what = draw(visit, rng)
            started = time.perf_counter()
            _enter(board, what)
            settled.append(settle(board, TODAY, what))
            times.append(time.perf_counter() - started)
            known.append(what)
    return _row(_knowing(problem, known), name, board, times, settled)


def _paused(problem: Problem, planned: Plan) -> Row:
    days = frozenset(dt.date(2027, 1, 11) + dt.timedelta(days=n) for n in range(2 * WEEK))
    paused = replace(problem, rules=replace(problem.rules, paused=days))
    board = _board(paused, planned)
    started = time.perf_counter()
    found = settle(board, TODAY, Disruption("postponement", "", days))
    return _row(paused, "pause", board, [time.perf_counter() - started], [found])


def _row(problem: Problem, name: str, board: Board, times: list[float], settled: list[Difference]) -> Row:
    times = sorted(times)
    needed = [each for each in settled if each.consequences or each.undecided]
    one = sum(len(each.consequences) == 1 and not each.undecided for each in needed)
    tiers = Counter(each.tier.value for found in settled for each in found.consequences)
    left = {each.visit.id for found in settled for each in found.undecided}
    calendar = Plan(board.all_visits(problem.groups), board.events)
    broken = [each for each in check(problem, calendar) if each.visits and left.isdisjoint(each.visits)]
    return {
        "groups": len(problem.groups),
        "case": name,
        "times": len(settled),
        "p50 ms": round(times[len(times) // 2] * 1e3, 2),
        "p95 ms": round(times[int(len(times) * 0.95)] * 1e3, 2),
        "one visit changed": f"{one / max(1, len(needed)):.1%}",
        "visits changed": sum(tiers.values()),
        "tiers": ", ".join(f"{tier} {number}" for tier, number in tiers.most_common()),
        "left to a person": sum(len(each.undecided) for each in settled),
        "violations": len(broken),
    }


def _knowing(problem: Problem, known: Iterable[Disruption]) -> Problem:
    """The problem with everything that came in between, as the checker reads it."""
    days: dict[str, set[dt.date]] = defaultdict(set)
    for what in known:
        days[what.subject] |= what.days
    schools = {name: replace(one, closed=one.closed | days[name]) for name, one in problem.schools.items()}
    people = {name: replace(one, impossible=one.impossible | days[name]) for name, one in problem.people.items()}
    leaders = {name: replace(one, impossible=one.impossible | days[name]) for name, one in problem.facilitators.items()}
    return replace(problem, schools=schools, people=people, facilitators=leaders)


def _board(problem: Problem, planned: Plan) -> Board:
    board = new_board(problem, planned.events)
    board.put_all(planned.visits)
    return board


def _enter(board: Board, what: Disruption) -> None:
    if what.subject in board.problem.schools:
        board.diaries.close(what.subject, what.days)
    else:
        board.diaries.rule_out(what.subject, what.days)


def _days(visit: Visit, count: int) -> frozenset[dt.date]:
    return frozenset(visit.on + dt.timedelta(days=n) for n in range(count))
