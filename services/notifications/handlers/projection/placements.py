"""People who are placed to things in other schools: kept to know whom an entry about that concerns."""

from services.notifications.domain.template_mails.records import Placement
from services.notifications.ports.template_facts import Placements
from shared.bus.unit_of_work import UnitOfWork
from shared.events.placements import PersonPlaced, PlacementEnded


class PlacementFacts:
    """The newest state wins; one that has ended still says what an entry was about."""

    def __init__(self, placements: Placements) -> None:
        self._placements = placements

    async def changed(self, event: PersonPlaced | PlacementEnded, work: UnitOfWork) -> None:
        """Keep a placement as it stands."""
        await self._placements.put(Placement.of_event(event))
