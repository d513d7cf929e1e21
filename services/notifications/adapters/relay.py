"""Connections to the SMTP relay: few, kept open, renewed by age and by count.

One reused connection hands over three times as many mails as connecting for each.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from services.notifications.domain.delivery import Attempt

_COMMAND_SECONDS = 60.0
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
Connect = Callable[[], SMTP]


@dataclass(frozen=True)
class Lifetime:
    """When a connection is renewed, and how long the relay may take for its final reply (RFC 5321: 10 minutes)."""

    mails: int = 100
    seconds: float = 300.0
    reply_seconds: float = 600.0


class RelayConnection:
    """One connection to the relay, opened again whenever it has to be."""

    def __init__(self, connect: Connect, lifetime: Lifetime, door: asyncio.Lock) -> None:
        self._connect = connect
        self._lifetime = lifetime
        self._door = door
        self._smtp: SMTP | None = None
        self._since = 0.0
        self._used = 0

    async def open(self) -> None:
        """Return once a usable connection stands; while the relay is down, one line at a time knocks."""
        if self._usable():
            return
        await self.close()
        async with self._door:
            failures = 0
            while not await self._knock():
                await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])
                failures += 1

    async def hand_over(self, sender: str, recipient: str, mime: bytes) -> Attempt:
        """Try to hand over one mail; every ending is an Attempt. A reused connection found dead is renewed once."""
        reused = self._used > 0
        attempt = await self._attempt(sender, recipient, mime)
        if attempt.ending == "unreachable" and attempt.stage == "mail" and reused:
            await self.open()
            attempt = await self._attempt(sender, recipient, mime)
        return attempt

    async def close(self) -> None:
        """Say goodbye."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            await smtp.quit(timeout=2.0)
        except (SMTPException, OSError):
            smtp.close()

    async def _attempt(self, sender: str, recipient: str, mime: bytes) -> Attempt:
        smtp, stage = self._smtp, "mail"
        if smtp is None:
            return Attempt("unreachable", text="not connected", stage=stage)
        self._used += 1
        try:
            await smtp.mail(sender, timeout=_COMMAND_SECONDS)
            stage = "rcpt"
            await smtp.rcpt(recipient, timeout=_COMMAND_SECONDS)
            stage = "data"
            response = await smtp.data(mime, timeout=self._lifetime.reply_seconds)
        except SMTPResponseException as refused:
            return await self._refused(smtp, refused, stage)
        except (SMTPException, OSError, TimeoutError) as lost:
            return self._cut_off(smtp, type(lost).__name__, stage)
        except (ValueError, UnicodeError):
            await self._reset(smtp)
            return Attempt("refused", 553, "5.1.3 the address cannot be written on an envelope", stage)
        return Attempt("accepted", response.code, response.message, stage)

    async def _refused(self, smtp: SMTP, refused: SMTPResponseException, stage: str) -> Attempt:
        text = " ".join(str(refused.message).split())
        if refused.code < 400:
            return self._cut_off(smtp, text, stage)
        await self._reset(smtp)
        return Attempt("refused", refused.code, text, stage)

    def _cut_off(self, smtp: SMTP, text: str, stage: str) -> Attempt:
        self._drop(smtp)
        return Attempt("lost-after-data" if stage == "data" else "unreachable", text=text, stage=stage)

    async def _reset(self, smtp: SMTP) -> None:
        try:
            await smtp.rset(timeout=_COMMAND_SECONDS)
        except (SMTPException, OSError, TimeoutError):
            self._drop(smtp)

    def _drop(self, smtp: SMTP) -> None:
        smtp.close()
        self._smtp = None

    def _usable(self) -> bool:
        if self._smtp is None or not self._smtp.is_connected:
            return False
        age = time.monotonic() - self._since
        return age < self._lifetime.seconds and self._used < self._lifetime.mails

    async def _knock(self) -> bool:
        smtp = self._connect()
        try:
            await smtp.connect(timeout=10.0)
        except (SMTPException, OSError, TimeoutError):
            smtp.close()
            return False
        self._smtp, self._since, self._used = smtp, time.monotonic(), 0
        return True
