"""A real SMTP server that takes mails, or misbehaves as told to."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[str, EmailMessage], str | None]


class Mailboxes:
    """What arrived, by recipient. ``at_rcpt`` and ``at_data`` may answer something else than 250; "drop" cuts off."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str, EmailMessage]] = []
        self.at_rcpt: Callable[[str], str | None] = lambda _: None
        self.at_data: Answer = lambda _, __: None
        self.keep_dropped = False
        self.delay = 0.0
        self.servers: list[SMTP] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):  # noqa: N802 - the name aiosmtpd calls
        answer = self.at_rcpt(address)
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope):  # noqa: N802 - the name aiosmtpd calls
        if self.delay:
            await asyncio.sleep(self.delay)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        arrived = (str(envelope.mail_from), envelope.rcpt_tos[0], message)
        answer = self.at_data(envelope.rcpt_tos[0], message)
        if answer == "drop":
            if self.keep_dropped:
                self.mails.append(arrived)
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 never heard"
        if answer is not None:
            return answer
        self.mails.append(arrived)
        return "250 2.0.0 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for _, recipient, message in self.mails if recipient == address]

    def open_transports(self) -> list[asyncio.Transport]:
        return [server.transport for server in self.servers if isinstance(server.transport, asyncio.Transport)]

    def subjects(self) -> Counter[str]:
        return Counter(str(message["Subject"]) for _, _, message in self.mails)

    def ids(self) -> Counter[str]:
        return Counter(str(message["Message-ID"]) for _, _, message in self.mails)


@asynccontextmanager
async def serving(mailboxes: Mailboxes, port: int = 0) -> AsyncIterator[int]:
    """Serve until the block ends; yields the port."""

    def make() -> SMTP:
        mailboxes.servers.append(SMTP(mailboxes, hostname="relay.example", ident="Relay", enable_SMTPUTF8=True))
        return mailboxes.servers[-1]

    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
