"""A Kindred to which things go wrong: its relay refuses and returns mails, and a report has no time to be made in."""

import asyncio
from functools import partial
from pathlib import Path

import aiosmtplib
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from kindred.running.processes import not_ready
from kindred.running.stack import Stack

LOCAL = "127.0.0.1"
RENDER_SECONDS = "KINDRED_RENDER_SECONDS"
RETURNED = """From: MAILER-DAEMON@relay.example
To: {sender}
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain

It did not arrive.
--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} refused
--=_b--
"""


class RefusingRelay:
    """A relay before the mail catcher. `refuses`: what is answered at RCPT to an address instead of 250."""

    def __init__(self, port: int, catcher_port: int, replies_port: int) -> None:
        self.port = port
        self.refuses: dict[str, str] = {}
        self._catcher_port = catcher_port
        self._replies_port = replies_port
        self._senders: dict[str, str] = {}
        self._controller = Controller(self, hostname=LOCAL, port=port)

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Listen no more."""
        self._controller.stop(no_assert=True)

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or not."""
        if refusal := self.refuses.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        """Pass the mail on to the catcher."""
        sender, content = envelope.mail_from or "", envelope.content
        await self._hand_over(self._catcher_port, sender, envelope.rcpt_tos, _bytes(content))
        self._senders |= dict.fromkeys(envelope.rcpt_tos, sender)
        return "250 2.0.0 Ok"

    async def give_back(self, address: str, status: str) -> None:
        """Return the latest mail to an address, as one whose server refused it later (RFC 3464)."""
        sender = self._senders[address]
        report = RETURNED.format(sender=sender, address=address, status=status)
        await self._hand_over(self._replies_port, "", [sender], report.encode())

    async def _hand_over(self, port: int, sender: str, recipients: list[str], content: bytes) -> None:
        async with aiosmtplib.SMTP(hostname=LOCAL, port=port, start_tls=False) as smtp:
            await smtp.sendmail(sender, recipients, content)


def _bytes(content: str | bytes | None) -> bytes:
    return content.encode() if isinstance(content, str) else content or b""


class FailingStack(Stack):
    """A stack with such a relay; `reports_have_time` ends the other trouble."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, adjustable_clock=True)
        self.relay = RefusingRelay(self._hold(None, "the relay"), self.smtp_port, self.replies_port)

    @property
    def environment(self) -> dict[str, str]:
        """The same settings, but for the relay, notices of trouble at once, and a render that is ended too early."""
        own = {
            "KINDRED_SMTP_PORT": str(self.relay.port),
            "KINDRED_BOUNCE_DIGEST_SECONDS": "0",
            RENDER_SECONDS: "0.01",
        }
        return {**super().environment, **own}

    async def reports_have_time(self) -> None:
        """Start `reporting` again with a setting that fits."""
        child = self.children["reporting"]
        await asyncio.to_thread(child.stop)
        child.environment[RENDER_SECONDS] = "120"
        child.start()
        ready = partial(not_ready, f"http://{LOCAL}:{self.health['reporting']}/readyz")
        await asyncio.to_thread(child.wait, ready)

    def stop(self) -> None:
        """End everything, the relay last."""
        super().stop()
        self.relay.stop()

    def _start(self) -> None:
        self.relay.start()
        super()._start()
