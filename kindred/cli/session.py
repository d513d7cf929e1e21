"""The connection to the services for one run of the command.

Commands are plain functions; this module owns the event loop and the one client, opened on first use. Tests put a fake
client in with `use`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import uuid4

if TYPE_CHECKING:  # a command line that asks nothing need not load it
    from shared.commands.base import Command, Done, Query, Reply

R = TypeVar("R", bound="Reply")
T = TypeVar("T")


class Client(Protocol):
    """What commands need of `shared.bus`'s client."""

    async def ask(self, command: "Command", *, key: str | None = None, actor: str | None = None) -> "Reply":
        """Send a command. Raises Rejected or Retryable."""
        ...

    async def find(self, query: "Query") -> "Reply":
        """Send a query. Raises Rejected or Retryable."""
        ...

    async def upload(self, content: Path | bytes, filename: str) -> str:
        """Upload a file; return its key."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...


class Session:
    """One loop, one client, one run of the command."""

    def __init__(self, connect: Callable[[], Awaitable[Client]]) -> None:
        self._connect = connect
        self._client: Client | None = None
        self._loop = asyncio.new_event_loop()

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Run a coroutine to its end."""
        return self._loop.run_until_complete(work)

    def client(self) -> Client:
        """The client, connected on first use."""
        if self._client is None:

            async def connect() -> Client:
                return await self._connect()

            self._client = self.run(connect())
        return self._client

    def close(self) -> None:
        """Close the connection and the event loop."""
        if self._client is not None:
            self.run(self._client.close())
        self.run(self._loop.shutdown_asyncgens())
        self._loop.close()


class _Current:
    session: Session | None = None


def use(session: Session | None) -> None:
    """Make this the session of the commands that follow."""
    _Current.session = session


def current() -> Session:
    """The session of this run."""
    if _Current.session is None:
        raise RuntimeError("no session is open")
    return _Current.session


def ask(command: "Command") -> "Done":
    """Send a command that is answered with `Done`. Its idempotency key keeps a retry from acting twice."""
    from shared.commands.base import Done  # loaded by the command, whoever asks

    return ask_for(command, Done)


def ask_for(command: "Command", reply: type[R]) -> R:
    """Send a command and return its answer as `reply`."""
    session = current()
    answer = session.run(session.client().ask(command, key=uuid4().hex))
    if not isinstance(answer, reply):
        raise TypeError(f"{type(command).__name__} was answered with {type(answer).__name__}")
    return answer


def find(query: "Query", reply: type[R]) -> R:
    """Send a query and return its answer as `reply`."""
    session = current()
    answer = session.run(session.client().find(query))
    if not isinstance(answer, reply):
        raise TypeError(f"{type(query).__name__} was answered with {type(answer).__name__}")
    return answer


def upload(path: Path) -> str:
    """Upload a file; return the key that commands name it by."""
    session = current()
    return session.run(session.client().upload(path, path.name))


def pause(seconds: float) -> None:
    """Wait while the connection goes on working."""
    current().run(asyncio.sleep(seconds))
