"""Waiting until everything that one step set off has come to its end."""

import asyncio
import datetime as dt
import time
from dataclasses import dataclass

from nats.js import JetStreamContext

from kindred.demo.mail_ledger import MailLedger
from kindred.demo.outboxes import Outboxes
from shared.bus.client import BusClient
from shared.bus.clock import shared_clock
from shared.bus.timers import Timers
from shared.errors import Permanent
from shared.operations import streams

POLL, AGAIN = 0.1, 0.03
"""Seconds from one look to the next while there is work, and once there seems to be none."""
PATIENCE = 240.0
CLOCK_SPREADS = 0.1
"""Seconds until every process has seen a moved clock."""


@dataclass(frozen=True)
class Look:
    """What one look saw: the sizes of the streams, and in words what is still on its way."""

    sizes: list[streams.StreamSize]
    on_its_way: tuple[str, ...]


async def idle(
    client: BusClient, ledger: MailLedger, outboxes: Outboxes, now: dt.datetime, patience: float = PATIENCE
) -> None:
    """Return when nothing is on its way and nothing new was published between two looks.

    What is on its way: work of consumers, mails that are not handed over, rows in outboxes that are not on the bus,
    reminders that are due and have not fired. A handler writes its outbox row before it acknowledges, so whatever it
    set off is seen in one of them, however slow the machine is. Mails that gather until a later moment than `now` are
    not under way. A bus that does not answer a look is at work: the machine may be busy.

    Raises Permanent when for ``patience`` seconds nothing has changed while there is work, or the bus has not answered.
    """
    before: Look | None = None
    give_up = time.monotonic() + patience
    while True:
        try:
            seen = await _look(client.connection.jetstream(), ledger, outboxes, now, before)
        except streams.UNANSWERED:
            if time.monotonic() >= give_up:
                raise Permanent(f"The bus has not answered for {patience:.0f} s.") from None
            await asyncio.sleep(POLL)
            continue
        if seen == before:
            if not seen.on_its_way:
                return
            if time.monotonic() >= give_up:
                raise Permanent(f"Work stood still for {patience:.0f} s: {', '.join(seen.on_its_way)}.")
        else:
            give_up = time.monotonic() + patience
        before = seen
        await asyncio.sleep(POLL if seen.on_its_way else AGAIN)


async def _look(
    jetstream: JetStreamContext, ledger: MailLedger, outboxes: Outboxes, now: dt.datetime, before: Look | None
) -> Look:
    """Look where the work is on its way from one place to the next, in this order; further only where it is quiet.

    Reminders are many: where the look before found none that is due, and nothing was published since, none is.
    """
    sizes, standing = await streams.status(jetstream)
    busy = [line for line in standing if line.waiting or line.in_hand]
    said = [f"{line.durable} ({line.waiting} waiting, {line.in_hand} in hand)" for line in busy]
    mails = await ledger.under_way(now) if not said else 0
    if mails:
        said.append(f"{mails} mails are still under way")
    if not said:
        waiting = await outboxes.waiting()
        said = [f"{name}'s outbox ({rows} rows)" for name, rows in waiting.items() if rows]
    if not said and not (before and before.sizes == sizes and not before.on_its_way):
        due = await Timers(jetstream, await shared_clock(jetstream)).overdue()
        said = [f"{due} reminders are due and have not fired"] if due else []
    return Look(sizes, tuple(said))
