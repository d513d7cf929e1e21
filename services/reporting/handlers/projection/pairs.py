"""People of pairs and rings."""

from services.reporting.domain.entries.subjects import Pair
from services.reporting.ports.entries import Pairs
from shared.bus import UnitOfWork
from shared.events.pairs import PairEnded, PairFormed

__all__ = ["PairProjection"]


class PairProjection:
    """The newest state wins, whatever the order of arrival."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    async def changed(self, event: PairFormed | PairEnded, work: UnitOfWork) -> None:
        """People are together, or no longer."""
        known = await self._pairs.get(event.pair_id)
        if known is None or known.version < event.version:
            await self._pairs.put(Pair.of(event))
