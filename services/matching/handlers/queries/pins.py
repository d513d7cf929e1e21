"""Which schools a coordinator keeps together or apart."""

from services.matching.handlers.loading import gather, known_programme
from services.matching.ports.stores import Stores
from shared.commands.matching import ListPins, PinRow, PinRows

__all__ = ["PinQueries"]


class PinQueries:
    """Shows pins."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def pins(self, query: ListPins) -> PinRows:
        """All pins of a programme, by name; a school that has left since is left out."""
        programme = await known_programme(self._stores, query.programme_id)
        kept = await self._stores.pins.pins(query.programme_id)
        named = {school for pair in (*kept.together, *kept.apart) for school in pair}
        schools = {one.id: one for one in (await gather(self._stores, programme, named)).schools}
        rows = [
            PinRow(urns=(schools[a].urn, schools[b].urn), names=(schools[a].called, schools[b].called), how=how)
            for how, pairs in (("together", kept.together), ("apart", kept.apart))
            for a, b in pairs
            if a in schools and b in schools
        ]
        return PinRows(pins=tuple(rows))
