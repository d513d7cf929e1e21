"""One more group for a facilitator whose diary is nearly full: all their groups are dated together, then each anew."""

from dataclasses import replace

from services.scheduling.domain.ejection import nearest, room_at_all
from services.scheduling.domain.improving import improve
from services.scheduling.domain.model import Group, Visit
from services.scheduling.domain.packing import Open, pack
from services.scheduling.domain.planner import Planner

CHOICES = 5_000
FACILITATORS = 3


def repack(planner: Planner, group: Group) -> bool:
    """Place a left-over group by dating all groups of a facilitator at once; the board is unchanged when False."""
    if not room_at_all(planner, group):
        return False
    able = [one for one in nearest(planner, group) if planner.board.spare(one) >= len(group.hosts)]
    return any(_with(planner, group, one) for one in able[:FACILITATORS])


def _with(planner: Planner, group: Group, facilitator: str) -> bool:
    board = planner.board
    groups = {each.id: each for each in board.problem.groups}
    theirs = [groups[each] for each in sorted(board.groups_of[facilitator]) if _whole(board.visits[each], facilitator)]
    before = {each.id: board.take_off(each.id) for each in theirs}
    visits = [visit for each in theirs for visit in before[each.id]] + _undated(planner, group, facilitator)
    free = board.free(facilitator)
    days = pack(
        [Open(visit.group, board.host_days(groups[visit.group], visit.host) & free) for visit in visits],
        board.problem.rules.spacing,
        CHOICES,
    )
    if days is None:
        for name, kept in before.items():
            board.put(name, kept)
        return False
    dated = [replace(v, on=board.diaries.horizon.days[day]) for v, day in zip(visits, days, strict=True)]
    for each in (*theirs, group):
        board.put(each.id, [visit for visit in dated if visit.group == each.id])
    for each in (*theirs, group):
        improve(planner, each)
    return True


def _whole(visits: tuple[Visit, ...], facilitator: str) -> bool:
    return all(visit.facilitator == facilitator and not visit.pinned for visit in visits)


def _undated(planner: Planner, group: Group, facilitator: str) -> list[Visit]:
    first = planner.board.problem.rules.first
    return [
        Visit(planner.name_visit(group.id, host), group.id, host, first, facilitator, group.people)
        for host in group.hosts
    ]
