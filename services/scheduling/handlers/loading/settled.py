"""Loads the part of a calendar that a disruption touches, wide enough for all its repairs."""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain.visits.disruptions import Difference, disrupted, settle
from services.scheduling.domain.visits.nearby import Nearby
from services.scheduling.domain.visits.standing import standing_dates
from services.scheduling.handlers.loading.affected import Affected
from services.scheduling.handlers.loading.nearby import wide_enough
from services.scheduling.planner.board import Board
from services.scheduling.planner.checker import check_change
from services.scheduling.ports.stores import Stores
from shared.errors import Permanent

__all__ = ["settled"]


async def settled(stores: Stores, given: Affected, now: dt.datetime) -> tuple[Nearby, Board, Difference]:
    """The part of the calendar that a disruption touches, its board after the repairs, and what these change."""
    what, dates = given.what, given.dates

    def disturbed(near: Nearby) -> Nearby:
        after = replace(near, sources=disrupted(near.sources, what))
        return replace(after, dates=standing_dates(dates.records)) if dates.moved else after

    def repaired(near: Nearby, board: Board) -> Difference:
        return settle(board, near.sources.today, what, dates.displacing)

    near, board, found = await wide_enough(stores, given.cohort, given.groups, now, supposing=disturbed, work=repaired)
    before = [each.change.before for each in found.consequences]
    if check_change(board.problem, before, [each.change.after for each in found.consequences], near.sources.today):
        raise Permanent("The least change would move a date that is frozen.")
    return near, board, replace(found, events=dates.sentences)
