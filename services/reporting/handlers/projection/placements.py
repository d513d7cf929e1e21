"""People who are placed to things in other schools."""

from services.reporting.domain.entries.subjects import Placement
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.ports.entries import EngineProgrammes, Placements
from shared.bus import UnitOfWork
from shared.events.placements import PersonPlaced, PlacementEnded

__all__ = ["PlacementProjection"]


class PlacementProjection:
    """The newest state wins, whatever the order of arrival."""

    def __init__(self, placements: Placements, programmes: EngineProgrammes, orders: ReportOrders) -> None:
        self._placements = placements
        self._programmes = programmes
        self._orders = orders

    async def changed(self, event: PersonPlaced | PlacementEnded, work: UnitOfWork) -> None:
        """A placement stands, or stands no longer; it may go on with somebody else."""
        known = await self._placements.get(event.match_id)
        if known is not None and known.version >= event.version:
            return
        programme = await self._programmes.get(event.programme_id)
        today = programme.local_day(work.now) if programme else work.now.date()
        placement = Placement.of(event, known, today)
        await self._placements.put(placement)
        if programme is not None:
            await self._orders.placed(programme, placement, known, work)
