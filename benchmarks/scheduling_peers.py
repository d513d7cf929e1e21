"""What the scheduling engine is measured against by default: first-fit, as a coordinator does it by hand."""

from services.scheduling.planner.board import Board
from services.scheduling.planner.candidates import Candidates
from services.scheduling.planner.model import Group, Plan, Problem, Unplaced, Visit
from services.scheduling.planner.placement import new_board


def first_fit(problem: Problem) -> Plan:
    """Group by group as they come, the nearest facilitator, each host on the first day that keeps the spacing."""
    board = new_board(problem)
    candidates = Candidates(board)
    left = [group for group in problem.groups if not _fit(board, candidates, group)]
    unplaced = tuple(Unplaced(group.id, proven=False, blocking=()) for group in left)
    return Plan(board.all_visits(problem.groups), board.events, unplaced)


def _fit(board: Board, candidates: Candidates, group: Group) -> bool:
    spacing = max(1, board.problem.rules.spacing)
    for leader in candidates.ranked(group):
        free, start, visits = board.free(leader), 0, list[Visit]()
        for host in group.schools:
            days = (board.host_days(group, host) & free) >> start
            if not days:
                break
            number = start + (days & -days).bit_length() - 1
            on = board.diaries.horizon.days[number]
            visits.append(Visit(f"{group.id}/{host}", group.id, host, on, leader, group.people))
            start = number + spacing
        if len(visits) == len(group.schools):
            board.put(group.id, visits)
            return True
    return False
