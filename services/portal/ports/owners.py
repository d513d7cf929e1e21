"""The services that own what people state and read."""

from typing import Any, Protocol

from shared.commands.base import Command, Query


class Owners(Protocol):
    """The services that own what people state and read, behind commands and queries."""

    async def ask(self, command: Command, *, key: str, actor: str) -> Any:
        """Return the command's reply; raises Rejected, Retryable or Permanent."""
        ...

    async def upload(self, content: bytes, filename: str) -> str:
        """Keep a file for a command to name, and return its key; raises Permanent where it is too large."""
        ...

    async def find(self, query: Query) -> Any:
        """Return the query's reply; raises Rejected, Retryable or Permanent."""
        ...
