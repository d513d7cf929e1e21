"""What inspections said, asked of `programmes`, which keeps the register."""

from collections.abc import Callable

from shared.bus import BusClient
from shared.commands.outcomes import CountOutcomes, Outcomes

_PATIENCE = 30.0


class BusInspections:
    """Behind the port `Inspections`, on a bus that is connected later."""

    def __init__(self, client: Callable[[], BusClient]) -> None:
        self._client = client

    async def of_programme(self, programme_id: str) -> Outcomes:
        """How a programme's schools were judged."""
        found: Outcomes = await self._client().find(CountOutcomes(programme_id=programme_id), patience=_PATIENCE)
        return found
