"""Where not every group can have dates, as many groups as possible get some.

Groups that compete for too few days are dated again, those that need most days last. That leaves fewer groups without
dates than to leave out whichever came last.
"""

from collections.abc import Callable, Sequence

from services.scheduling.planner.model import Group
from services.scheduling.planner.placement import Planner
from services.scheduling.planner.proofs.blocking import impossible_alone
from services.scheduling.planner.proofs.shortages import Shortage, shortages

PlaceAll = Callable[[Sequence[Group]], list[Group]]
"""Enters groups in the order given and returns those that found no room."""


def ration(planner: Planner, left: Sequence[Group], place_all: PlaceAll) -> list[Group]:
    """Date competing groups again where fewer of them need go without; return the groups still without dates."""
    board, remaining = planner.board, list(left)
    crowded = [group for group in left if not impossible_alone(board, group)]
    for short in shortages(board, planner.candidates, crowded):
        without = [group for group in remaining if group.id in short.groups]
        if len(without) > short.fewest:
            after = _anew(planner, short, len(without), place_all)
            remaining = [group for group in remaining if group not in without] + (without if after is None else after)
    return remaining


def _anew(planner: Planner, short: Shortage, present: int, place_all: PlaceAll) -> list[Group] | None:
    """The groups that a second attempt leaves without dates, or None (and the board as before) when it is no better."""
    board = planner.board
    before = dict(board.visits)
    theirs = [group for group in planner.order() if group.id in short.groups]
    for group in theirs:
        board.take_off(group.id)
    last = sorted(theirs, key=lambda group: -len(group.hosts))[: short.fewest]
    first = [group for group in theirs if group not in last]
    after = place_all([*first, *last])
    if len(after) < present:
        return after
    for name in [name for name, visits in board.visits.items() if before.get(name) != visits]:
        board.take_off(name)
    for name, visits in before.items():
        if name not in board.visits:
            board.put(name, visits)
    return None
