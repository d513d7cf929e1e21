"""Rounds in which people are placed to things in other schools: kept, and told in the words of their template."""

from services.notifications.domain.template_mails.records import Passage, Placement
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from services.notifications.ports.template_facts import Placements
from shared.bus.unit_of_work import UnitOfWork
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import RoundClosed


class PlacementNews:
    """A placement that is new is a round published for its people; one that has ended, a round changed for them."""

    def __init__(self, records: Records, placements: Placements, cases: Cases, own: OwnWords) -> None:
        self._records = records
        self._placements = placements
        self._cases = cases
        self._own = own

    async def placed(self, event: PersonPlaced, work: UnitOfWork) -> None:
        """Somebody is placed, or somebody else goes on in their place."""
        await self._told(event, "published", work)

    async def ended(self, event: PlacementEnded, work: UnitOfWork) -> None:
        """The placement stands no longer; who was told of it hears that."""
        await self._told(event, "changed", work)

    async def closed(self, event: RoundClosed, work: UnitOfWork) -> None:
        """Nobody can be added to the round any more."""
        programme = await self._records.programme(event.programme_id)
        if programme.whole is not None:
            occasion = f"{event.round_id}/{event.version}"
            happened = Happened(programme, programme.whole, event.round, "closed", occasion)
            await self._own.everywhere(happened, Passage(mail="", round=event.round), work)

    async def _told(self, event: PersonPlaced | PlacementEnded, state: str, work: UnitOfWork) -> None:
        await self._placements.put(Placement.of_event(event))
        programme = await self._records.programme(event.programme_id)
        if programme.whole is None:
            return
        case = await self._cases.of_match(programme, event.match_id)
        about = Passage(mail="", match_id=event.match_id, round=event.round, school_id=event.school_id)
        occasion = f"{event.match_id}/{event.version}"
        await self._own.sent(Happened(programme, programme.whole, event.round, state, occasion), case, about, work)
