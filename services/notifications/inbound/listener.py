"""The SMTP listener: takes mails for our mailbox only, and answers 250 once they are durable.

Whatever comes, memory is bounded: a few mails are taken in at a time while others wait, and a line without an end ends
the connection. A mail that is too large is refused with a code that its sender is told.
"""

import asyncio
import logging
from typing import Any, Final
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from services.notifications.inbound.certificate import Certificate
from services.notifications.inbound.incoming import Incoming
from services.notifications.inbound.receiving import Receiving
from shared import telemetry

_log = telemetry.logger("kindred.notifications")
MOST_BYTES: Final = 5_000_000
LONGEST_LINE: Final = 1_000_000
AT_ONCE: Final = 16
_NOT_NOW = "451 4.3.0 Not now, please try again"
_POSTMASTER = "postmaster"
_SECONDS = 120.0


class Listener:
    """Behind the listening port: one handler for all connections."""

    def __init__(self, receiving: Receiving, mailbox: str) -> None:
        self._receiving = receiving
        self._local, _, self._domain = mailbox.lower().partition("@")

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail for our mailbox, with or without a tag, and for the postmaster; nobody relays through us."""
        local, _, domain = address.lower().partition("@")
        ours = domain == self._domain and local.partition("+")[0] in {self._local, _POSTMASTER}
        if not ours and address.lower() != _POSTMASTER:  # RFC 5321 section 4.5.1: without a domain, too
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        """Answer only after what the message says is committed."""
        with telemetry.traced("receive mail", correlation_id=uuid4().hex):
            return await self._take(envelope)

    async def _take(self, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        try:
            fate = await self._receiving.receive(
                Incoming(tuple(envelope.rcpt_tos), content, (envelope.mail_from or "").strip("<>"))
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the sender keeps the mail and tries again
            _log.warning("incoming mail not taken", error=type(error).__name__)
            return _NOT_NOW
        _log.info("incoming mail", fate=fate)
        return "250 OK"


class _Connection(SMTP):
    """One connection. ``places``: how many may send the text of a mail at once; the others wait before theirs."""

    line_length_limit = LONGEST_LINE

    def __init__(self, *args: Any, places: asyncio.Semaphore, **options: Any) -> None:
        super().__init__(*args, **options)
        self._places = places
        self._since_line = 0

    def data_received(self, data: bytes) -> None:
        """Take in bytes; end a connection that sends a line without an end."""
        behind = data.rfind(b"\n")
        self._since_line = len(data) - behind - 1 if behind >= 0 else self._since_line + len(data)
        if self._since_line > 2 * MOST_BYTES and isinstance(self.transport, asyncio.Transport):
            _log.warning("incoming mail cut off", why="a line without an end")
            self.transport.abort()
            return
        super().data_received(data)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd calls
        """Take the text of a mail when there is a place."""
        async with self._places:
            self._reset_timeout()
            await super().smtp_DATA(arg)


async def listen(listener: Listener, host: str, port: int, tls: Certificate | None = None) -> None:
    """Serve until cancelled. With ``tls``, who wants to may encrypt the connection (STARTTLS)."""
    places = asyncio.Semaphore(AT_ONCE)
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd's five lines for each connection

    def connection() -> SMTP:
        return _Connection(
            listener, places=places, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, hostname="kindred",
            ident="Kindred", tls_context=tls.context() if tls else None, timeout=_SECONDS,
        )  # fmt: skip

    server = await asyncio.get_running_loop().create_server(connection, host, port)
    async with server:
        await server.serve_forever()
