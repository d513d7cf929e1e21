"""The mail of the town: writes what is queued, hands it to a relay in memory, tells what became of it."""

import time

from services.notifications.adapters.other_services import BusServices
from services.notifications.app import sender
from services.notifications.ports.outside import Outside
from services.notifications.ports.stores import Stores
from services.notifications.settings import NotificationsSettings
from tests.fakes.notifications import FixedRandomness, MemoryRelay
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.fakes.town.buses import MemberBus

SETTINGS = NotificationsSettings(
    smtp_host="relay.example", smtp_tls="starttls", public_url="http://127.0.0.1:8080", bounce_digest_seconds=1
)
MOST = 50


class Post:
    """Behind the service's own worker stand real queue, words, links and hand-over; only the relay is a fake."""

    def __init__(self, bus: MemberBus) -> None:
        self.mailboxes = Mailboxes()
        self._relay = MemoryRelay(self.mailboxes)
        self.outside = Outside(
            BusServices(lambda: bus),  # type: ignore[arg-type, return-value]  # the bus stands for a client
            FixedRandomness(), lambda: self._relay, bus.transact, bus.clock, time.monotonic,
        )  # fmt: skip

    def serve(self, stores: Stores) -> None:
        """Take the mails of these stores."""
        self._parts = sender(SETTINGS, stores, self.outside)

    async def carry(self) -> bool:
        """Hand over what is due; whether there was anything."""
        moved = False
        while ready := await self._parts.delivery.claim(MOST):
            for one in ready:
                await self._parts.delivery.hand_over(self._relay, one)
            await self._parts.delivery.noted()
            moved = True
        return await self._parts.outcomes.publish() > 0 or moved
