"""How long the web server waits for what callers send: who sends a letter a minute holds no connection (slow loris)."""

import asyncio
from dataclasses import dataclass
from typing import Any

import h11
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive
from uvicorn.protocols.http.h11_impl import H11Protocol

_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


@dataclass(frozen=True)
class Patience:
    """Seconds: for all headers of a request, from its first byte; for the next part of a body; for a whole body."""

    headers: float = 10
    part: float = 20
    body: float = 180


USUAL = Patience()


class PatientProtocol(H11Protocol):
    """Uvicorn's protocol, which hangs up on who has not sent all headers in time: uvicorn itself waits for ever."""

    patience = USUAL

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on until all headers are there; then no more until the next request begins."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._settle()
        elif self._ends is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._settle()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._ends = self.loop.call_later(self.patience.headers, self._hang_up)

    def _settle(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _hang_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(_SLOW)
            self.transport.close()


def patient(patience: Patience) -> type[H11Protocol]:
    """Return the protocol with this patience."""
    return type("Patient", (PatientProtocol,), {"patience": patience})


def in_time(receive: Receive, patience: Patience) -> Receive:
    """Return a `receive` that waits for a body so long and no longer: HTTPException 408."""
    loop = asyncio.get_running_loop()
    until, whole = loop.time() + patience.body, False

    async def hurried() -> Message:
        nonlocal whole
        if whole:  # what comes after the body is that the caller has gone, which may take as long as it likes
            return await receive()
        try:
            async with asyncio.timeout(min(patience.part, until - loop.time())):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        whole = not message.get("more_body", False)
        return message

    return hurried
