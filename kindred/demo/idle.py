"""Waiting until everything that one step set off has come to its end."""

import asyncio
import datetime as dt
import time

from kindred.demo.mail_ledger import MailLedger
from shared.bus.client import BusClient
from shared.errors import Permanent
from shared.operations import streams

POLL = 0.15
PATIENCE = 240.0
Look = tuple[list[streams.StreamSize], list[tuple[str, int, int]], int]
CLOCK_SPREADS = 0.1
"""Seconds until every process has seen a moved clock."""


async def idle(client: BusClient, ledger: MailLedger, now: dt.datetime, patience: float = PATIENCE) -> None:
    """Return when no consumer has work, no mail is under way and nothing new was published between two looks.

    Mails that gather until a later moment than `now` are not under way. A bus that does not answer a look is at work:
    the machine may be busy.

    Raises Permanent when for ``patience`` seconds nothing has changed while there is work, or the bus has not answered.
    """
    before: Look | None = None
    give_up = time.monotonic() + patience
    while True:
        try:
            sizes, standing = await streams.status(client.connection.jetstream())
        except streams.UNANSWERED:
            if time.monotonic() >= give_up:
                raise Permanent(f"The bus has not answered for {patience:.0f} s.") from None
            await asyncio.sleep(POLL)
            continue
        busy = [(line.durable, line.waiting, line.in_hand) for line in standing if line.waiting or line.in_hand]
        seen = sizes, busy, await ledger.under_way(now)
        if seen == before:
            if not busy and not seen[2]:
                return
            if time.monotonic() >= give_up:
                named = ", ".join(f"{durable} ({waiting} waiting, {held} in hand)" for durable, waiting, held in busy)
                raise Permanent(f"Work stood still for {patience:.0f} s: {named or 'mails are still under way'}.")
        else:
            give_up = time.monotonic() + patience
        before = seen
        await asyncio.sleep(POLL)
