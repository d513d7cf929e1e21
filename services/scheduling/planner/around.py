"""Dates the visits of groups around those of them whose days are fixed: somebody chose these, or they are published."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from services.scheduling.planner.model import Group, Visit
from services.scheduling.planner.placement import Planner


def lead(planner: Planner, visits: Sequence[Visit], as_is: Collection[str] = ()) -> tuple[Visit, ...]:
    """Enter fixed visits beside what the board has, each with its own facilitator, or with the nearest who can lead it.

    Return those that nobody can lead then; they are not entered. `as_is`: ids of those that keep theirs in any case.
    """
    board, left = planner.board, list[Visit]()
    if not board.problem.rules.facilitated:
        as_is = {visit.id for visit in visits}
    for visit in visits:
        if visit.id in as_is or visit.facilitator in planner.able(visit):
            _enter(planner, visit)
        else:
            left.append(visit)
    nobody = list[Visit]()
    for visit in left:
        able = planner.able(visit)
        if able:
            nearest = min(able, key=lambda one: (board.kilometres(one, visit.host), one))
            _enter(planner, replace(visit, facilitator=nearest))
        else:
            nobody.append(visit)
    return tuple(nobody)


def place_around(planner: Planner, group: Group) -> bool:
    """Date the other visits of a group, the spacing away from those that it has, or leave the board as it is."""
    board = planner.board
    standing = board.visits[group.id]
    rest = replace(group, excused=group.excused | {visit.host for visit in standing})
    board.keep_apart(group.id, [visit.on for visit in standing])
    found = _rest(planner, rest, standing)
    board.keep_apart(group.id, ())
    if found:
        board.put(group.id, (*board.take_off(group.id), *found))
    return found is not None


def _enter(planner: Planner, visit: Visit) -> None:
    planner.board.put(visit.group, (*planner.board.take_off(visit.group), visit))


def _rest(planner: Planner, rest: Group, standing: Sequence[Visit]) -> tuple[Visit, ...] | None:
    """The other visits, by one of those who lead the fixed ones if it can be."""
    if not rest.hosts:
        return ()
    known = list(dict.fromkeys(visit.facilitator for visit in standing if visit.facilitator))
    able = [one for one in known if planner.board.spare(one) >= len(rest.hosts)]
    return (planner.dated(rest, planner.rows(able)) if able else None) or planner.answer(rest)
