"""Points of a finished calendar, and a bound that no calendar of the same problem can go below."""

import numpy as np

from services.scheduling.planner.board import Board
from services.scheduling.planner.candidates import Candidates
from services.scheduling.planner.costs import weekday_points
from services.scheduling.planner.model import Group, Plan, Visit
from services.scheduling.planner.sequence import Question, solve

BOUND = "each group alone, the nearest facilitator for each visit"


def points(board: Board, found: Plan) -> float:
    """Points a visit, counted from the calendar and not from the planner's tables."""
    rules, index, total = board.problem.rules, board.diaries.horizon.index, 0
    by_group: dict[str, list[int]] = {}
    for visit in sorted(found.visits, key=lambda each: each.on):
        total += _own_points(board, visit)
        theirs, day = by_group.setdefault(visit.group, []), index[visit.on]
        start = int(board.diaries.half_term_starts(visit.host)[day])
        total += rules.weights.same_half_term if theirs and theirs[-1] >= start else 0
        theirs.append(day)
    for days in by_group.values():
        total += sum(int(row[day]) for row, day in zip(board.places(len(days)), days, strict=True))
    return total / max(1, len(found.visits))


def _own_points(board: Board, visit: Visit) -> int:
    """The weekday and travel points of a visit."""
    rules = board.problem.rules
    way = board.kilometres(visit.facilitator, visit.host) if visit.facilitator else 0
    weekday = weekday_points(board.diaries.horizon, rules)[board.diaries.horizon.index[visit.on]]
    return int(weekday) + way * rules.weights.travel_km


def bound(board: Board, found: Plan) -> float:
    """Points a visit below which the groups that have dates cannot come, whoever leads; see `BOUND`.

    `board` is an empty one: every facilitator is free on all days of their own diary.
    """
    candidates, placed = Candidates(board), {visit.group for visit in found.visits}
    groups = [group for group in board.problem.groups if group.id in placed]
    return sum(_alone(board, candidates, group) for group in groups) / max(1, len(found.visits))


def _alone(board: Board, candidates: Candidates, group: Group) -> int:
    weight, points = board.problem.rules.weights.travel_km, []
    for host in group.hosts:
        region = board.problem.schools[host].region
        leaders = [one.id for one in candidates.serving(frozenset([region]))[0]]
        free = 0
        for one in leaders:
            free |= board.free(one)
        way = min(board.kilometres(one, host) for one in leaders) * weight
        flags = np.array([board.diaries.horizon.flags(free)])
        points.append(board.host_points(group, host, flags, np.array([[way]], dtype=np.int32)))
    starts = [board.diaries.half_term_starts(host) for host in group.hosts]
    rules = board.problem.rules
    places = board.places(len(group.hosts))
    answer = solve(Question(points, places, starts, rules.spacing, rules.weights.same_half_term))
    return answer.cost if answer else 0
