"""Improves a complete calendar: each group is dated again among all others, wherever that costs less.

The first pass tries few facilitators a group. Now that everybody's days are known, a nearer one may be free.
"""

from collections.abc import Iterable

from services.scheduling.planner.model import Group, Visit
from services.scheduling.planner.placement import Planner

NEAREST = 5
"""Facilitators tried beside the present one; more gain nothing measurable."""


def improve_all(planner: Planner, groups: Iterable[Group]) -> None:
    """Date each group again that is on the board, in the order given."""
    for group in groups:
        if group.id in planner.board.visits:
            improve(planner, group)


def improve(planner: Planner, group: Group) -> None:
    """Date a group again among the others. Its present dates remain possible, so it cannot get worse."""
    board = planner.board
    before = board.take_off(group.id)
    after = None
    if _may_change(before):
        leader = before[0].facilitator or ""
        with_room = [one for one in planner.candidates.nearest(group) if board.spare(one) >= len(group.hosts)]
        others = [one for one in with_room[: NEAREST + 1] if one != leader]
        after = planner.dated(group, planner.rows([leader, *others]))
    board.put(group.id, after or before)


def _may_change(visits: tuple[Visit, ...]) -> bool:
    """Whether one facilitator leads all visits and the coordinator has chosen none of them."""
    leaders = {visit.facilitator for visit in visits}
    return len(leaders) == 1 and None not in leaders and not any(visit.pinned for visit in visits)
