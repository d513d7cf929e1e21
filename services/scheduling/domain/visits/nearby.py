"""The part of a cohort's calendar that the least change of a visit can touch."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from services.scheduling.domain.visits.problem import Sources
from services.scheduling.domain.visits.records import Led, VisitRecord
from services.scheduling.domain.visits.standing import board_of
from services.scheduling.planner.board import Board
from services.scheduling.planner.model import CohortEvent


class Reach(StrEnum):
    """What is loaded beyond a visit's group and those that share people with it."""

    RIVALS = "the other groups of its facilitator, whole"
    SERVING = "everybody who travels in the host's region, and the days on which they lead visits"


@dataclass(frozen=True, slots=True)
class Nearby:
    """A part of a cohort's calendar; `led` are the days of its facilitators in the whole cohort."""

    sources: Sources
    visits: tuple[VisitRecord, ...]
    dates: tuple[CohortEvent, ...]
    led: tuple[Led, ...]
    reach: frozenset[Reach] = frozenset()

    def board(self) -> Board:
        """Its board: loaded groups whole, other groups as days of the facilitators."""
        board = board_of(self.sources, self.visits, self.dates)
        elsewhere: dict[str, list[dt.date]] = defaultdict(list)
        for each in self.led:
            if each.group_id not in board.groups:
                elsewhere[each.facilitator_id].append(each.on)
        for one, days in elsewhere.items():
            board.engage(one, days)
        return board
