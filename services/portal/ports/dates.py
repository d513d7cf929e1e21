"""Days that people agree, and calls."""

from typing import Protocol

from services.portal.domain.dates import AgreedDay, AgreedVisit, Call, CallOffer

__all__ = ["Dates"]


class Dates(Protocol):
    """A person's dates besides visits and events."""

    async def agreements_of(self, person_id: str) -> list[AgreedDay]:
        """Return what a person is to agree or has agreed."""
        ...

    async def agreed_visits_of(self, person_id: str) -> list[AgreedVisit]:
        """Return the visits and meetings on agreed days to which a person is invited, cancelled ones too."""
        ...

    async def call_offers_of(self, person_id: str) -> list[CallOffer]:
        """Return the calls for which a person is asked to choose a time."""
        ...

    async def calls_of(self, person_id: str) -> list[Call]:
        """Return a person's calls."""
        ...
