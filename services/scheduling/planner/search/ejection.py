"""Ejection chains: a group without room takes the days of another, which finds other dates, a few steps deep.

A budget of dynamic programmes bounds the work on a hopeless group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.scheduling.planner.board import Row
from services.scheduling.planner.model import Group, Visit
from services.scheduling.planner.placement import Planner
from services.scheduling.planner.sequence import solve_each

NEAREST = 12
DEPTH = 4
WIDTH = 6
EACH = 60
ALL = 3_000


@dataclass(slots=True)
class Budget:
    """How many more attempts may be made."""

    left: int

    def spend(self) -> bool:
        """Take one attempt; False when none is left."""
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Swap:
    """A group would fit if another one gave way."""

    cost: int
    visits: tuple[Visit, ...]
    gives_way: Group


def eject(planner: Planner, group: Group, budget: Budget) -> bool:
    """Place a group by moving others. The board is unchanged when it returns False."""
    if not room_at_all(planner, group):
        return False
    granted = min(EACH, budget.left)
    left = Budget(granted)
    placed = _deeper(planner, group, left)
    budget.left -= granted - max(0, left.left)
    return placed


def room_at_all(planner: Planner, group: Group) -> bool:
    """Whether the facilitators who travel there have enough visit days left in all; moving groups creates none."""
    if not planner.room(group):
        return False
    spare = sum(max(0, planner.board.spare(one.id)) for one in planner.candidates.eligible(group)[0])
    return spare >= len(group.hosts)


def _deeper(planner: Planner, group: Group, left: Budget) -> bool:
    return any(_place(planner, group, frozenset(), depth, left) for depth in range(1, DEPTH + 1))


def _place(planner: Planner, group: Group, held: frozenset[str], depth: int, budget: Budget) -> bool:
    if planner.place(group):
        return True
    if depth == 0:
        return False
    for swap in swaps(planner, group, held)[:WIDTH]:
        if not budget.spend():
            return False
        before = planner.board.take_off(swap.gives_way.id)
        planner.board.put(group.id, swap.visits)
        if _place(planner, swap.gives_way, held | {group.id}, depth - 1, budget):
            return True
        planner.board.take_off(group.id)
        planner.board.put(swap.gives_way.id, before)
    return False


def swaps(planner: Planner, group: Group, held: frozenset[str]) -> list[Swap]:
    """Which single group would have to give way for this one, cheapest first."""
    board = planner.board
    groups = {each.id: each for each in board.problem.groups}
    found = []
    for one in nearest(planner, group):
        others = [other for other in sorted(board.groups_of[one]) if _may_go(board.visits[other], other, held)]
        rows = [(one, board.free(one) | _days(planner, board.visits[other], one)) for other in others]
        rooms = [board.spare(one) + _visits_of(board.visits[other], one) >= len(group.hosts) for other in others]
        found += _solved(planner, group, rows, [groups[other] for other in others], rooms)
    return sorted(found, key=lambda swap: (swap.cost, swap.gives_way.id))


def nearest(planner: Planner, group: Group) -> list[str]:
    """The facilitators nearest to a group's schools who may lead all its visits."""
    eligible = [one.id for one in planner.candidates.eligible(group)[0]]
    ways = {one: sum(planner.board.kilometres(one, host) for host in group.hosts) for one in eligible}
    return sorted(eligible, key=lambda one: (ways[one], one))[:NEAREST]


def _solved(
    planner: Planner, group: Group, rows: Sequence[Row], others: Sequence[Group], rooms: Sequence[bool]
) -> list[Swap]:
    kept = [(row, other) for row, other, room in zip(rows, others, rooms, strict=True) if room]
    if not kept:
        return []
    answers = solve_each(planner.board.question(group, [row for row, _ in kept]))
    return [
        Swap(answer.cost, planner.visits(group, answer, row[0]), other)
        for answer, (row, other) in zip(answers, kept, strict=True)
        if answer is not None
    ]


def _may_go(visits: Sequence[Visit], group: str, held: frozenset[str]) -> bool:
    return group not in held and not any(visit.pinned for visit in visits)


def _days(planner: Planner, visits: Sequence[Visit], facilitator: str) -> int:
    own = planner.board.diaries.facilitators[facilitator]
    return planner.board.diaries.horizon.mask(v.on for v in visits if v.facilitator == facilitator) & own


def _visits_of(visits: Sequence[Visit], facilitator: str) -> int:
    return sum(visit.facilitator == facilitator for visit in visits)
