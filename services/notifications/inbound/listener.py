"""The SMTP listener: takes mails for our mailbox only, and answers 250 once they are durable."""

import asyncio
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

from services.notifications.inbound.receiving import Receiving
from services.notifications.inbound.records import Incoming
from shared import telemetry

_log = telemetry.logger("kindred.notifications")
_MOST_BYTES = 5_000_000
_NOT_NOW = "451 4.3.0 Not now, please try again"


class Listener:
    """Behind the listening port: one handler for all connections."""

    def __init__(self, receiving: Receiving, mailbox: str) -> None:
        self._receiving = receiving
        self._local, _, self._domain = mailbox.lower().partition("@")

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail for our mailbox, with or without a tag; nobody relays through us."""
        local, _, domain = address.lower().partition("@")
        if domain != self._domain or local.partition("+")[0] != self._local:
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        """Answer only after what the message says is committed."""
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        try:
            fate = await self._receiving.receive(Incoming(tuple(envelope.rcpt_tos), content))
        except Exception as error:  # noqa: BLE001 - whatever it is, the sender keeps the mail and tries again
            _log.warning("incoming mail not taken", error=type(error).__name__)
            return _NOT_NOW
        _log.info("incoming mail", fate=fate)
        return "250 OK"


async def listen(listener: Listener, host: str, port: int) -> None:
    """Serve until cancelled."""
    make = partial(
        SMTP, listener, data_size_limit=_MOST_BYTES, enable_SMTPUTF8=True, hostname="kindred", ident="Kindred"
    )
    server = await asyncio.get_running_loop().create_server(make, host, port)
    async with server:
        await server.serve_forever()
