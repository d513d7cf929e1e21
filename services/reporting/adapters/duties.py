"""Duties, asked of `scheduling`, which keeps them."""

from collections.abc import Callable

from shared.bus import BusClient
from shared.commands.duties import DutySums, SumDuties

_PATIENCE = 30.0


class BusDuties:
    """Behind the port `Duties`, on a bus that is connected later."""

    def __init__(self, client: Callable[[], BusClient]) -> None:
        self._client = client

    async def of_term(self, programme_id: str, school_id: str = "") -> DutySums:
        """How they stand this term, at one school or at all."""
        query = SumDuties(programme_id=programme_id, school_id=school_id, term=True)
        found: DutySums = await self._client().find(query, patience=_PATIENCE)
        return found
