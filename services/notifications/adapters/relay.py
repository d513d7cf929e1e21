"""Connections to the SMTP relay. They stay open for many mails, and are renewed by age and by count.

A reused connection hands over three times as many mails as a new one for each.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException

from services.notifications.domain.delivery import Attempt

_COMMAND_SECONDS = 60.0
_CONNECT_SECONDS = 10.0
_TEXT_SECONDS = 180.0  # RFC 5321 section 4.5.3.2.5
_LINGER_TURNS, _LINGER_SECONDS = 10, 0.001
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_LOGIN_WANTED = frozenset({530, 534, 535, 538})
Connect = Callable[[], SMTP]


@dataclass(frozen=True)
class Lifetime:
    """When a connection is renewed, and how long the relay may take for its final reply (RFC 5321: 10 minutes)."""

    mails: int = 100
    seconds: float = 300.0
    reply_seconds: float = 600.0


class RelayConnection:
    """Behind ``ports.Relay``."""

    def __init__(self, connect: Connect, lifetime: Lifetime) -> None:
        self._connect = connect
        self._lifetime = lifetime
        self._smtp: SMTP | None = None
        self._since = 0.0
        self._used = 0

    async def open(self) -> Attempt | None:
        """Make sure that there is a usable connection. Return None, or how the one attempt to connect failed."""
        if self._usable():
            return None
        await self.close()
        smtp = self._connect()
        try:
            await smtp.connect(timeout=_CONNECT_SECONDS)
        except SMTPResponseException as refused:
            smtp.close()
            stage = "login" if isinstance(refused, SMTPAuthenticationError) else "connect"
            return Attempt("unreachable", refused.code, _one_line(refused.message), stage)
        except (SMTPException, OSError, TimeoutError, UnicodeError) as error:
            smtp.close()
            return Attempt("unreachable", text=_one_line(str(error) or type(error).__name__), stage="connect")
        self._smtp, self._since, self._used = smtp, time.monotonic(), 0
        return None

    async def hand_over(self, sender: str, recipient: str, mime: bytes) -> Attempt:
        """Try to hand over one mail, and return how that ended. A reused connection that is dead is renewed once."""
        reused = self._used > 0
        attempt = await self._attempt(sender, recipient, mime)
        if attempt.ending == "unreachable" and attempt.stage == "mail" and reused:
            return await self.open() or await self._attempt(sender, recipient, mime)
        return attempt

    async def close(self) -> None:
        """End the connection, if there is one."""
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
            stage = "text"
            await _send_text(smtp, mime)
            stage = "data"
            response = await smtp.execute_command(b".", timeout=self._lifetime.reply_seconds)
        except SMTPResponseException as refused:
            return await self._refused(smtp, refused.code, refused.message, stage)
        except (SMTPException, OSError, TimeoutError) as lost:
            return self._cut_off(smtp, type(lost).__name__, _stage_of(lost, stage))
        except (ValueError, UnicodeError):
            await self._reset(smtp)
            return Attempt("refused", 553, "5.1.3 the address cannot be written on an envelope", stage)
        if response.code != 250:
            return await self._refused(smtp, response.code, response.message, stage)
        return Attempt("accepted", response.code, response.message, stage)

    async def _refused(self, smtp: SMTP, code: int, message: str, stage: str) -> Attempt:
        text = _one_line(message)
        if code < 400:
            return self._cut_off(smtp, text, stage)
        if stage == "mail" and code in _LOGIN_WANTED:
            self._drop(smtp)
            return Attempt("unreachable", code, text, "login")
        await self._reset(smtp)
        return Attempt("refused", code, text, "data" if stage == "text" else stage)

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


async def _send_text(smtp: SMTP, mime: bytes) -> None:
    """Send the text without its final dot. When the connection is lost before the dot, the relay has taken nothing.

    Waits ten milliseconds before it returns. A relay that closes once it has read the text is noticed in that time;
    otherwise the dot would be sent into a closed connection. Raises ConnectionError when the connection is lost,
    TimeoutError when the relay stops reading.
    """
    reply = await smtp.execute_command(b"DATA", timeout=_COMMAND_SECONDS)
    if reply.code != 354:
        raise SMTPResponseException(reply.code, reply.message)
    transport = smtp.transport
    if not isinstance(transport, asyncio.WriteTransport):
        raise ConnectionError("the connection is gone")
    text = _LEADING_DOT.sub(b"..", mime)
    transport.write(text if text.endswith(b"\r\n") else text + b"\r\n")
    turns = 0
    async with asyncio.timeout(_TEXT_SECONDS):
        while not transport.is_closing() and (turns < _LINGER_TURNS or transport.get_write_buffer_size()):
            turns += 1
            await asyncio.sleep(_LINGER_SECONDS)
    if transport.is_closing():
        raise ConnectionError("the connection is gone")


def _stage_of(lost: BaseException, stage: str) -> str:
    """Return the stage at which the connection was lost: before the final dot if the relay has reset it.

    A host that closes while received data is unread sends RST, to show that data was lost (RFC 1122 section 4.2.2.13).
    The final dot is the last thing we send, so it is among what was lost.
    """
    reset = isinstance(lost.__cause__, ConnectionResetError | BrokenPipeError)
    return "text" if stage == "data" and reset else stage


def _one_line(text: str) -> str:
    return " ".join(text.split())
