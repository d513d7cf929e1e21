"""People who are placed to things in other schools."""

from services.reporting.domain.entries.subjects import Placement
from services.reporting.ports.entries import Placements
from shared.bus import UnitOfWork
from shared.events.placements import PersonPlaced, PlacementEnded

__all__ = ["PlacementProjection"]


class PlacementProjection:
    """The newest state wins, whatever the order of arrival."""

    def __init__(self, placements: Placements) -> None:
        self._placements = placements

    async def changed(self, event: PersonPlaced | PlacementEnded, work: UnitOfWork) -> None:
        """A placement stands, or stands no longer."""
        known = await self._placements.get(event.match_id)
        if known is None or known.version < event.version:
            await self._placements.put(Placement.of(event))
