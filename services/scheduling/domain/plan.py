"""Plans a cohort whole: events, groups hardest first, ejection for what is left over, and why the rest has no dates."""

import datetime as dt
from collections.abc import Iterable

from services.scheduling.domain.blocking import explain
from services.scheduling.domain.ejection import ALL, Budget, eject
from services.scheduling.domain.model import CohortEvent, Plan, Problem, Visit
from services.scheduling.domain.planner import NameVisit, Planner, new_board, plain_name
from services.scheduling.domain.repacking import repack


def plan(
    problem: Problem,
    name_visit: NameVisit = plain_name,
    events: tuple[CohortEvent, ...] | None = None,
    kept: Iterable[Visit] = (),
    earliest: dt.date = dt.date.min,
) -> Plan:
    """The calendar of a cohort: groups that have visits keep them, the others get dates from `earliest` on.

    The same problem always gives the same plan.
    """
    planner = Planner(new_board(problem, events), name_visit)
    planner.board.put_all(kept)
    planner.board.days &= planner.board.diaries.horizon.between(earliest, dt.date.max)
    fresh = [group for group in planner.order() if group.id not in planner.board.visits and group.hosts]
    left = [group for group in fresh if not planner.place(group)]
    budget = Budget(ALL)
    left = [group for group in left if not eject(planner, group, budget) and not repack(planner, group)]
    unplaced = tuple(explain(planner, group) for group in sorted(left, key=lambda each: each.id))
    return Plan(planner.board.all_visits(problem.groups), planner.board.events, unplaced)
