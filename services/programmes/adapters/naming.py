"""Asks reporting whom an entry names."""

from collections.abc import Callable

from shared.bus import BusClient
from shared.commands.actions import OwnersOfActions, ShowOwnersOfActions
from shared.commands.people_named import PeopleNamed, ShowNamedPeople
from shared.errors import Rejected

__all__ = ["BusNamedPeople"]

_PATIENCE = 5.0


class BusNamedPeople:
    """Ports `NamedPeople` and `NamedOwners`; raises Retryable when nobody answers within `patience` seconds."""

    def __init__(self, client: Callable[[], BusClient], patience: float = _PATIENCE) -> None:
        self._client = client
        self._patience = patience

    async def named(self, entry_id: str) -> PeopleNamed | None:
        """The people of its submitted version, by the roles they are named for; None where the entry is gone."""
        try:
            found: PeopleNamed = await self._client().find(ShowNamedPeople(entry_id=entry_id), patience=self._patience)
        except Rejected:
            return None
        return found

    async def owners(self, entry_id: str) -> OwnersOfActions | None:
        """The owners whom nobody has identified yet; None where the entry is gone."""
        query = ShowOwnersOfActions(entry_id=entry_id)
        try:
            found: OwnersOfActions = await self._client().find(query, patience=self._patience)
        except Rejected:
            return None
        return found
