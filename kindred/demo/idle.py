"""Waiting until everything that one step set off has come to its end."""

import asyncio
import time

from kindred.demo.mail_ledger import MailLedger
from shared.bus.client import BusClient
from shared.errors import Permanent
from shared.operations import streams

POLL = 0.15
PATIENCE = 240.0
CLOCK_SPREADS = 0.6
"""Seconds until every process has seen a moved clock and reminders that were due have fired."""


async def idle(client: BusClient, ledger: MailLedger, patience: float = PATIENCE) -> None:
    """Return when no consumer has work, no mail is under way and nothing new was told between two looks."""
    before: list[streams.StreamSize] = []
    give_up = time.monotonic() + patience
    while True:
        sizes, standing = await streams.status(client.connection.jetstream())
        busy = [line for line in standing if line.waiting or line.in_hand]
        if not busy and sizes == before and not await ledger.under_way():
            return
        if time.monotonic() > give_up:
            named = ", ".join(f"{line.durable} ({line.waiting} waiting, {line.in_hand} in hand)" for line in busy)
            raise Permanent(f"Work did not end within {patience:.0f} s: {named or 'mails are still under way'}.")
        before = sizes
        await asyncio.sleep(POLL)
