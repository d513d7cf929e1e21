"""The relay in memory: one connection of it, over mailboxes that tests look into and make misbehave."""

from services.notifications.domain.delivery import Attempt
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.fakes.notifications.unread import unread

AWAY = Attempt("unreachable", text="nobody listens", stage="connect")


class MemoryRelay:
    """Behind ``ports.Relay``. While ``fault`` is set, every try to connect ends so."""

    def __init__(self, mailboxes: Mailboxes) -> None:
        self.mailboxes = mailboxes
        self.fault: Attempt | None = None
        self.connected = False

    async def open(self) -> Attempt | None:
        self.connected = self.connected or self.fault is None
        return None if self.connected else self.fault

    async def hand_over(self, sender: str, recipient: str, mime: bytes) -> Attempt:
        refused = self.mailboxes.at_rcpt(recipient)
        if refused is not None:
            return _replied(refused, "rcpt")
        if self.mailboxes.cut_short(recipient):
            self.connected = False
            return Attempt("unreachable", text="SMTPServerDisconnected", stage="text")
        reply = self.mailboxes.take(sender, recipient, unread(mime))
        if reply == "drop":
            self.connected = False
            return Attempt("lost-after-data", text="SMTPServerDisconnected", stage="data")
        return _replied(reply, "data")

    async def close(self) -> None:
        self.connected = False


def _replied(reply: str, stage: str) -> Attempt:
    code, _, text = reply.partition(" ")
    return Attempt("accepted" if code == "250" else "refused", int(code), text, stage)
