"""Plans a whole cohort: events, groups hardest first, search for those without room, proofs for the rest.

A large cohort is planned in parts (`partition`), perhaps in other processes. What a part leaves over, and what belongs
to no part, is then placed on the whole board.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from services.scheduling.planner.model import CohortEvent, Group, Plan, Problem, Visit
from services.scheduling.planner.partition import NameVisit, Part, PlanParts, parts
from services.scheduling.planner.placement import Planner, new_board, plain_name
from services.scheduling.planner.proofs.unplaced import explain_all
from services.scheduling.planner.search.ejection import ALL, Budget, eject
from services.scheduling.planner.search.exhaustive import search
from services.scheduling.planner.search.improvement import improve_all
from services.scheduling.planner.search.rationing import ration
from services.scheduling.planner.search.repacking import repack


def plan_part(part: Part) -> tuple[Visit, ...]:
    """The new visits of a part; groups without room are left to the whole board."""
    planner = _prepared(Planner(new_board(part.problem, part.events), part.name_visit), part)
    fresh = _fresh(planner)
    place_all(planner, fresh)
    improve_all(planner, fresh)
    return tuple(visit for group in fresh for visit in planner.board.visits.get(group.id, ()))


def one_after_another(each: Sequence[Part]) -> list[tuple[Visit, ...]]:
    """Plans parts in this process."""
    return [plan_part(part) for part in each]


def plan(
    problem: Problem,
    name_visit: NameVisit = plain_name,
    events: tuple[CohortEvent, ...] | None = None,
    kept: Iterable[Visit] = (),
    earliest: dt.date = dt.date.min,
    *,
    plan_parts: PlanParts = one_after_another,
) -> Plan:
    """The calendar of a cohort: groups that have visits keep them, the others get dates from `earliest` on.

    The same problem always gives the same plan, however its parts are planned.
    """
    board = new_board(problem, events)
    whole = Part(problem, board.events, tuple(kept), earliest, name_visit)
    found = plan_parts(parts(whole))
    planner = _prepared(Planner(board, name_visit), whole)
    for visits in found:
        board.put_all(visits)
    fresh = _fresh(planner)
    left = place_all(planner, fresh)
    left = ration(planner, left, partial(place_all, planner)) if left else []
    left, all_tried = search(planner, left)
    improve_all(planner, fresh)
    as_kept = {visit.id: visit for visit in whole.kept}
    dated = tuple(as_kept.get(visit.id, visit) for visit in board.all_visits(problem.groups))
    return Plan(dated, board.events, explain_all(planner, left, all_tried=all_tried))


def place_all(planner: Planner, fresh: Sequence[Group]) -> list[Group]:
    """Place these groups in order, by ejection and repacking where need be; return those that found no room."""
    left = [group for group in fresh if not planner.place(group)]
    budget = Budget(ALL)
    return [group for group in left if not eject(planner, group, budget) and not repack(planner, group)]


def _prepared(planner: Planner, part: Part) -> Planner:
    """A planner whose board has the kept visits, pinned."""
    board = planner.board
    board.put_all(replace(visit, pinned=True) for visit in part.kept)
    board.freeze(part.earliest)
    return planner


def _fresh(planner: Planner) -> list[Group]:
    return [group for group in planner.order() if group.id not in planner.board.visits and group.hosts]
