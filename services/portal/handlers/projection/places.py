"""Who is placed to what, which places are on offer, and who is with whom, as `matching` says."""

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.pairs import PairEnded, PairFormed
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import PlaceOfferAccepted, PlaceOffered, PlaceOfferPassed


class PlaceProjection:
    """Keeps placements, offers and pairs as they stand."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def placed(self, event: PersonPlaced | PlacementEnded, work: UnitOfWork) -> None:
        """Keep a placement, or that it stands no longer."""
        fields = event.model_dump(mode="json", exclude={"version", "match_id", "reason"})
        ended = isinstance(event, PlacementEnded)
        await self._models.put("placements", event.match_id, event.version, {**fields, "ended": ended})

    async def paired(self, event: PairFormed | PairEnded, work: UnitOfWork) -> None:
        """Keep a pair, or that it is no longer one."""
        fields = event.model_dump(mode="json", exclude={"version", "pair_id", "reason", "joined", "again"})
        await self._models.put("pairs", event.pair_id, event.version, {**fields, "ended": isinstance(event, PairEnded)})

    async def offered(self, event: PlaceOffered | PlaceOfferAccepted | PlaceOfferPassed, work: UnitOfWork) -> None:
        """Keep an offer, or what became of it."""
        fields = event.model_dump(mode="json", exclude={"version", "offer_id", "reason"})
        state = "open"
        if isinstance(event, PlaceOfferAccepted):
            state = "accepted"
        elif isinstance(event, PlaceOfferPassed):
            state = event.reason
        await self._models.put("offers", event.offer_id, event.version, {**fields, "state": state})
