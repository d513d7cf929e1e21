"""The client that sends commands and queries. The CLI, the portal, the demo and tests use nothing else."""

import asyncio
import logging
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast
from uuid import uuid4

import nats
from nats.aio.client import Client
from nats.errors import ConnectionClosedError, ConnectionReconnectingError, NoRespondersError, OutboundBufferLimitError
from nats.errors import TimeoutError as NatsTimeout

from shared.bus import wire
from shared.bus.uploads import Uploads
from shared.commands.base import Command, Query, Reply
from shared.errors import Retryable, Unreachable

R = TypeVar("R", bound=Reply)
_log = logging.getLogger("kindred.client")
_NO_ANSWER = (
    NoRespondersError,
    NatsTimeout,
    ConnectionClosedError,
    ConnectionReconnectingError,
    OutboundBufferLimitError,
)


async def _noted(error: Exception) -> None:
    """Log quietly. The call itself raises; nats-py would print a traceback."""
    _log.debug("nats_error: %s", type(error).__name__)


def _unanswered(message: Command | Query, error: Exception, waited: float) -> str:
    name, service = type(message).__name__, message.service
    if not isinstance(error, NatsTimeout):
        return f"Nobody answered {name} for {waited:.0f} seconds: {service} is not running, or not connected."
    ends = " It may still be carried out: look before you ask again." if isinstance(message, Command) else ""
    return f"Nobody answered {name} within {waited:.0f} seconds: {service} is busy, or has very much to read.{ends}"


class BusClient:
    """Sends commands and queries and waits for their answers."""

    def __init__(self, connection: Client, actor: str) -> None:
        self.connection = connection
        self.actor = actor
        self.uploads = Uploads(connection.jetstream())

    @classmethod
    async def connect(cls, url: str, actor: str = "client", **options: Any) -> Self:
        """Connect; raises Unreachable when no server answers."""
        quiet: dict[str, Any] = {"max_reconnect_attempts": 3, "connect_timeout": 5, "error_cb": _noted}
        quiet |= {"reconnect_time_wait": 0.5, **options}
        try:
            connection = await nats.connect(url.split(","), **quiet)
        except (OSError, nats.errors.Error) as error:
            raise Unreachable(f"The message bus at {url} cannot be reached ({type(error).__name__}).") from None
        connection.options["max_reconnect_attempts"] = -1
        return cls(connection, actor)

    async def ask(
        self,
        command: Command,
        *,
        key: str | None = None,
        actor: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - one try of several
        patience: float = 30.0,
    ) -> Any:
        """Send a command and return its ``Reply``; the same key is never carried out twice.

        Raises Rejected or Permanent as the service did, and Retryable when it did or when nobody answered for
        ``patience`` seconds, each try waiting up to ``timeout``: by default as long as the command says it may take.
        """
        headers = wire.request_headers(key or uuid4().hex, actor or self.actor)
        answer = await self._request(command.subject(), command, headers, timeout or command.seconds, patience)
        return wire.reply_from(answer, type(command).Reply)

    async def find(
        self,
        query: Query,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - one try of several
        patience: float = 30.0,
    ) -> Any:
        """Send a query and return its ``Reply``; errors as ``ask``."""
        headers = wire.request_headers(uuid4().hex, self.actor)
        answer = await self._request(query.subject(), query, headers, timeout or query.seconds, patience)
        return wire.reply_from(answer, type(query).Reply)

    async def upload(self, content: Path | str | bytes, filename: str | None = None) -> str:
        """Store a file for a command to refer to; return its key."""
        source = Path(content) if isinstance(content, str) else content
        named = filename or (source.name if isinstance(source, Path) else "upload")
        return await self.uploads.put(source, named)

    async def close(self) -> None:
        """Disconnect."""
        await self.connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _request(
        self, subject: str, message: Command | Query, headers: dict[str, str], each: float, patience: float
    ) -> wire.Answer:
        body = message.model_dump_json().encode()
        began, pause = time.monotonic(), 0.1
        while True:
            try:
                answer = await self.connection.request(
                    subject, body, timeout=each, headers=cast("dict[str, Any]", headers)
                )
            except _NO_ANSWER as error:
                waited = time.monotonic() - began
                if waited + pause > patience:
                    raise Retryable(_unanswered(message, error, waited)) from None
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
            else:
                return wire.Answer(dict(answer.headers or {}), answer.data)
