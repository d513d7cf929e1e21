"""Who is placed to what, and which places are on offer, as `matching` says."""

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import PlaceOfferAccepted, PlaceOffered, PlaceOfferPassed


class PlaceProjection:
    """Keeps placements and offers as they stand."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def placed(self, event: PersonPlaced | PlacementEnded, work: UnitOfWork) -> None:
        """Keep a placement, or that it stands no longer."""
        fields = event.model_dump(mode="json", exclude={"version", "match_id", "reason"})
        ended = isinstance(event, PlacementEnded)
        await self._models.put("placements", event.match_id, event.version, {**fields, "ended": ended})

    async def offered(self, event: PlaceOffered | PlaceOfferAccepted | PlaceOfferPassed, work: UnitOfWork) -> None:
        """Keep an offer, or what became of it."""
        fields = event.model_dump(mode="json", exclude={"version", "offer_id", "reason"})
        state = "open"
        if isinstance(event, PlaceOfferAccepted):
            state = "accepted"
        elif isinstance(event, PlaceOfferPassed):
            state = event.reason
        await self._models.put("offers", event.offer_id, event.version, {**fields, "state": state})
