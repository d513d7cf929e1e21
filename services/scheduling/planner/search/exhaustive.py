"""Exhaustive search for small programmes: every choice of groups, every way to date them, within a budget.

It finds dates that ejection chains miss, or proves that no plan leaves fewer groups without dates.
"""

from collections.abc import Sequence
from itertools import combinations

from services.scheduling.planner.model import Group, Visit
from services.scheduling.planner.placement import Planner
from services.scheduling.planner.proofs.blocking import impossible_alone
from services.scheduling.planner.search.repacking import enter, packing

GROUPS = 8
VISITS = 28
FACILITATORS = 4
CHOICES = 60_000


def search(planner: Planner, left: Sequence[Group]) -> tuple[list[Group], bool]:
    """The groups left without dates, and whether the search was complete: then no plan leaves fewer."""
    board = planner.board
    alone = [group for group in left if impossible_alone(board, group)]
    crowded = [group for group in left if group not in alone]
    placed = [group for group in board.problem.groups if group.hosts and group.id in board.visits]
    groups = [*placed, *crowded]
    if not crowded or not _affordable(planner, groups):
        return list(left), False
    before = {group.id: board.take_off(group.id) for group in placed}
    budget = CHOICES
    for size in range(len(groups), len(placed), -1):
        for some in combinations(groups, size):
            attempt = packing(planner, some, tuple(board.problem.facilitators), budget)
            if attempt.solve():
                enter(planner, some, tuple(board.problem.facilitators), attempt)
                return [*alone, *(group for group in groups if group not in some)], True
            budget = attempt.budget
            if budget <= 0:
                _restore(planner, before)
                return list(left), False
    _restore(planner, before)
    return list(left), True


def _affordable(planner: Planner, groups: Sequence[Group]) -> bool:
    visits = [visit for theirs in planner.board.visits.values() for visit in theirs]
    return (
        len(groups) <= GROUPS
        and sum(len(group.hosts) for group in groups) <= VISITS
        and 0 < len(planner.board.problem.facilitators) <= FACILITATORS
        and not planner.board.diaries.shared
        and not any(visit.pinned for visit in visits)
    )


def _restore(planner: Planner, before: dict[str, tuple[Visit, ...]]) -> None:
    for name, visits in before.items():
        planner.board.put(name, visits)
