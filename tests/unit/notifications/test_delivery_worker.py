"""The worker keeps its connections busy: the next mails are claimed as soon as there are few."""

import asyncio
from contextlib import suppress
from typing import Any

from services.notifications.handlers.workers import delivery_worker
from services.notifications.handlers.workers.delivery_worker import DeliveryWorker
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.fakes.notifications.relay import MemoryRelay
from tests.waiting import until

MAILS, CONNECTIONS = 50, 2


class Queue:
    """Stands for `Delivery`: as many mails as there are, each handed over at once."""

    def __init__(self) -> None:
        self.left, self.handed, self.most = MAILS, 0, 0
        self._claimed = 0

    async def claim(self, limit):
        number = min(limit, self.left)
        self.left -= number
        self._claimed += number
        self.most = max(self.most, self._claimed - self.handed)
        return [object()] * number or None

    async def hand_over(self, _relay, _ready):
        await asyncio.sleep(0)
        self.handed += 1

    async def nothing(self, *_):
        return None

    probe = show_life = take_over = release = count = noted = nothing


class Outcomes:
    async def publish(self):
        return 0


async def test_mails_are_claimed_as_connections_take_them_and_not_by_the_clock(monkeypatch):
    monkeypatch.setattr(delivery_worker, "_IDLE", 3600.0)
    queue: Any = Queue()
    outcomes: Any = Outcomes()
    relays = [MemoryRelay(Mailboxes()) for _ in range(CONNECTIONS)]
    worker = DeliveryWorker(queue, outcomes, relays, MemoryRelay(Mailboxes()))
    working = asyncio.create_task(worker.run())
    try:
        await until(lambda: queue.handed == MAILS, "until every mail is handed over")
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    assert queue.most <= 4 * CONNECTIONS, "no more mails are held than connections soon take"
