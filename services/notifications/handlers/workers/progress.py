"""Notes of several mails in one write: that handing over begins, and what became of it.

Each note waits for a majority of the database, so the connections to the relay would spend most of their time waiting.
While one write is on its way the next notes gather, and go together in the one after it.

The order of notes is kept: a mail is handed over only once what became of the connection's previous mail is noted. So
when a process dies, at most one mail for each connection may have gone out with nothing noted of its end.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.settled import Settled
from services.notifications.ports import Queue
from shared import telemetry

T = TypeVar("T")
_log = telemetry.logger("kindred.notifications")
_PAUSE = 0.5


async def surely(step: Callable[[], Awaitable[T]]) -> T:
    """Repeat a step of the store while the database is away, so that the relay's answer is not lost."""
    while True:
        try:
            return await step()
        except Exception as error:  # noqa: BLE001 - whatever the driver raises, giving up would mean sending twice
            _log.warning("store did not answer", error=type(error).__name__)
            await asyncio.sleep(_PAUSE)


def log_end(mail: Mail, verdict: Verdict) -> None:
    """Log at DEBUG what became of a mail, once for each event that set it off, so that each finds its end."""
    for follows in mail.follows or ("",):
        with telemetry.about(correlation_id=follows):
            _log.debug(
                "mail_settled", state=verdict.state, mail_id=mail.mail_id, template=mail.template, attempt=mail.attempts
            )


class Progress:
    """Gathers notes on claimed mails and writes them."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._begun: list[tuple[Mail, dt.datetime, asyncio.Future[bool]]] = []
        self._settled: list[Settled] = []
        self._writing: asyncio.Task[None] | None = None

    async def begin(self, claimed: Mail, now: dt.datetime) -> bool:
        """Return once it is noted that handing over begins; False when the mail is not this worker's any more."""
        noted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._begun.append((claimed, now, noted))
        self._write_soon()
        return await noted

    def settle(self, claimed: Mail, verdict: Verdict, now: dt.datetime, *, extra: bool = False) -> None:
        """Note what became of a mail, in the next write."""
        self._settled.append(Settled(claimed, verdict, now, extra))
        self._write_soon()

    async def written(self) -> None:
        """Return once everything is noted."""
        while self._writing is not None:
            await asyncio.shield(self._writing)

    def _write_soon(self) -> None:
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._begun or self._settled:
                await asyncio.sleep(0)  # what other connections note in this turn of the loop goes along
                begun, settled = self._begun, self._settled
                self._begun, self._settled = [], []
                mails = [(mail, now) for mail, now, _ in begun]
                held = await surely(partial(self._queue.note, mails, settled))
                for one in settled:
                    log_end(one.mail, one.verdict)
                for mail, _, noted in begun:
                    if not noted.done():
                        noted.set_result(mail.mail_id in held)
        finally:
            self._writing = None
