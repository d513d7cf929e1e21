"""A real SMTP server over mailboxes that tests look into and make misbehave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.fakes.notifications.mailboxes import Mailboxes

LAST_LINES = (b"--=_kindred_mixed_=--", b"The last line.")
"""How the texts end that this relay cuts short: nothing but the final dot comes after."""


class Server(SMTP):
    """One connection."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd calls
        """Take a text, or leave when all of it is read but its final dot."""
        assert self.envelope is not None
        if not self.envelope.rcpt_tos or not self.event_handler.mailboxes.cut_short(self.envelope.rcpt_tos[0]):
            await super().smtp_DATA(arg)
            return
        await self.push("354 go on")
        while not (await self._reader.readline()).startswith(LAST_LINES):
            pass
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()


class Handler:
    """Answers for all connections."""

    def __init__(self, mailboxes: Mailboxes) -> None:
        self.mailboxes = mailboxes
        self.servers: list[SMTP] = []

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT."""
        answer = self.mailboxes.at_rcpt(address)
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        """Answer the text."""
        if self.mailboxes.delay:
            await asyncio.sleep(self.mailboxes.delay)  # stands for a slow relay
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        answer = self.mailboxes.take(str(envelope.mail_from), envelope.rcpt_tos[0], message)
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer

    def cut_all(self) -> None:
        """Cut off every connection that stands."""
        for server in self.servers:
            if isinstance(server.transport, asyncio.Transport):
                server.transport.abort()


@asynccontextmanager
async def serving(
    mailboxes: Mailboxes, port: int = 0, *, handler: Handler | None = None, password: bytes | None = None
) -> AsyncIterator[int]:
    """Serve until the block ends; yields the port. With a ``password`` a login is wanted, of any user."""
    handler = handler or Handler(mailboxes)

    def log_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=getattr(data, "password", None) == password, handled=False)

    def make() -> SMTP:
        server = Server(
            handler, hostname="relay.example", ident="Relay", enable_SMTPUTF8=True, authenticator=log_in,
            auth_required=password is not None, auth_require_tls=False,
        )  # fmt: skip
        handler.servers.append(server)
        return server

    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
