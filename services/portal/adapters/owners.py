"""The services that own what people state, over the bus, with timeouts for somebody who waits at a page."""

from typing import Any

from shared.bus import Service
from shared.commands.base import Command, Query

TRY = 4.0
PATIENCE = 9.0


class BusOwners:
    """The port `Owners` on the service's own connection."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def ask(self, command: Command, *, key: str, actor: str) -> Any:
        """Return the command's reply; raises Rejected, Retryable or Permanent."""
        return await self._service.client.ask(command, key=key, actor=actor, timeout=TRY, patience=PATIENCE)

    async def upload(self, content: bytes, filename: str) -> str:
        """Keep a file for a command to name, and return its key; raises Permanent where it is too large."""
        return await self._service.client.upload(content, filename)

    async def find(self, query: Query) -> Any:
        """Return the query's reply; raises Rejected, Retryable or Permanent."""
        return await self._service.client.find(query, timeout=TRY, patience=PATIENCE)
