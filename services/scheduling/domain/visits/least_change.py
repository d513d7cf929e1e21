"""The least change for a visit whose date has become impossible, step by step, on what is loaded of the calendar.

A step that needs more than is loaded says so, and the search goes on once it is loaded. So a decline reads a few
groups, not the cohort.
"""

import datetime as dt
from dataclasses import dataclass

from services.scheduling.domain.visits.nearby import Nearby, Reach
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.planner.board import Board
from services.scheduling.planner.replan import Repair, Replanner, Step, Tier

NEEDS = {Step.SAME_DAY: Reach.SERVING, Step.FACILITATOR: Reach.RIVALS, Step.ANOTHER: Reach.SERVING}


@dataclass(frozen=True, slots=True)
class Repaired:
    """The least change, the part of the calendar it was found in, and the board with the change entered."""

    repair: Repair
    near: Nearby
    board: Board
    frozen: dt.date


@dataclass(frozen=True, slots=True)
class Wider:
    """What must be loaded before the search can go on; `tried`: the steps that have found nothing."""

    reach: Reach
    tried: frozenset[Step]


def least_change(near: Nearby, record: VisitRecord, tried: frozenset[Step] = frozenset()) -> Repaired | Wider:
    """The change of the first step that succeeds, without those `tried`; the coordinator's turn where none does.

    Or what must be loaded before the next step can be tried.
    """
    visit, replanner = planned(record), Replanner(near.board(), near.sources.today)
    for step in replanner.steps(visit):
        if step in tried:
            continue
        if step in NEEDS and NEEDS[step] not in near.reach:
            return Wider(NEEDS[step], tried)
        repair = replanner.attempt(step, visit)
        if repair is not None:
            return Repaired(repair, near, replanner.board, replanner.frozen)
        tried |= {step}
    return Repaired(Repair(Tier.COORDINATOR), near, replanner.board, replanner.frozen)
