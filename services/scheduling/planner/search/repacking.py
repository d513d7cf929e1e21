"""Room for one more group where diaries are nearly full: all groups of a facilitator are dated again together."""

from collections.abc import Sequence

from services.scheduling.planner.diaries import serves
from services.scheduling.planner.model import Group, Visit
from services.scheduling.planner.placement import Planner
from services.scheduling.planner.search.ejection import nearest, room_at_all
from services.scheduling.planner.search.improvement import improve
from services.scheduling.planner.search.packing import Diary, Open, Packing

CHOICES = 5_000
TOGETHER = 500
FACILITATORS = 3


def repack(planner: Planner, group: Group) -> bool:
    """Place a group by dating all groups of one facilitator again, then those of a few facilitators together.

    The board is unchanged when it returns False.
    """
    if not room_at_all(planner, group):
        return False
    near = nearest(planner, group)
    able = [one for one in near if planner.board.spare(one) >= len(group.hosts)]
    if any(_with(planner, group, (one,), CHOICES) for one in able[:FACILITATORS]):
        return True
    with_days = sorted(near, key=lambda one: -planner.board.spare(one))[:FACILITATORS]
    return len(with_days) > 1 and _with(planner, group, with_days, TOGETHER)


def _with(planner: Planner, group: Group, facilitators: Sequence[str], choices: int) -> bool:
    board = planner.board
    led = sorted({each for one in facilitators for each in board.groups_of[one]})
    theirs = [board.groups[each] for each in led if _whole(board.visits[each], facilitators)]
    before = {each.id: board.take_off(each.id) for each in theirs}
    search = packing(planner, [*theirs, group], facilitators, choices)
    if not search.solve():
        for name, kept in before.items():
            board.put(name, kept)
        return False
    enter(planner, [*theirs, group], facilitators, search)
    for each in (*theirs, group):
        improve(planner, each)
    return True


def packing(planner: Planner, groups: Sequence[Group], facilitators: Sequence[str], choices: int) -> Packing:
    """The search for dates of these groups, which are off the board, in the free days of these facilitators."""
    board = planner.board
    width = len(board.diaries.horizon.days)
    limits = tuple(max(0, board.spare(one)) for one in facilitators)
    visits = []
    for group in groups:
        for host in group.hosts:
            days, places = board.host_days(group, host), 0
            region = [board.problem.schools[host].region]
            for number, one in enumerate(facilitators):
                leads = serves(board.problem.facilitators[one], region)
                places |= (days & board.free(one) if leads else 0) << (number * width)
            visits.append(Open(group.id, places))
    return Packing(visits, Diary(width, limits, max(1, board.problem.rules.spacing)), choices)


def enter(planner: Planner, groups: Sequence[Group], facilitators: Sequence[str], search: Packing) -> None:
    """Put groups on the board as a search has dated them."""
    board, number = planner.board, 0
    for group in groups:
        visits = []
        for host in group.hosts:
            who, day = divmod(search.found[number], search.diary.width)
            name, on = planner.name_visit(group.id, host), board.diaries.horizon.days[day]
            visits.append(Visit(name, group.id, host, on, facilitators[who], group.people))
            number += 1
        board.put(group.id, visits)


def _whole(visits: tuple[Visit, ...], facilitators: Sequence[str]) -> bool:
    return all(visit.facilitator in facilitators and not visit.pinned for visit in visits)
