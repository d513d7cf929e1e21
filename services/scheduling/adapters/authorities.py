"""Local authorities, asked of `programmes`, which keeps the register."""

from collections.abc import Callable

from shared.bus import BusClient
from shared.commands.programmes_queries import AuthorityRow, FindAuthority

_PATIENCE = 5.0


class BusAuthorities:
    """Behind the port `Authorities`, on a bus that is connected later. Waits `patience` seconds for an answer."""

    def __init__(self, client: Callable[[], BusClient], patience: float = _PATIENCE) -> None:
        self._client = client
        self._patience = patience

    async def code_of(self, named: str) -> str:
        """The code of an authority of the register."""
        found: AuthorityRow = await self._client().find(FindAuthority(named=named), patience=self._patience)
        return found.code
