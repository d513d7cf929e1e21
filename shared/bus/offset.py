"""How far the adjustable clock is ahead, as the KV bucket CLOCK holds it for all processes."""

from contextlib import suppress
from datetime import timedelta

from nats.js import JetStreamContext
from nats.js.errors import KeyNotFoundError, NotFoundError

from shared.bus.subjects import CLOCK_BUCKET
from shared.clock import AdjustableClock
from shared.errors import Rejected

KEY, ADJUSTABLE = "offset", "adjustable"


async def read_offset(jetstream: JetStreamContext, clock: AdjustableClock) -> None:
    """Bring the clock to the offset that all share."""
    try:
        entry = await (await jetstream.key_value(CLOCK_BUCKET)).get(KEY)
    except (KeyNotFoundError, NotFoundError):
        return
    clock.move(timedelta(seconds=float(entry.value or b"0")))


async def set_adjustable(jetstream: JetStreamContext, *, adjustable: bool) -> None:
    """Record whether services follow this clock. All have the same setting; the last to start writes it."""
    with suppress(NotFoundError):  # no bucket yet: `kindred bus apply` makes it
        store = await jetstream.key_value(CLOCK_BUCKET)
        await store.put(ADJUSTABLE, b"yes" if adjustable else b"no")


async def must_be_adjustable(jetstream: JetStreamContext) -> None:
    """Raise Rejected where services use real time: moving the clock would only fire reminders early."""
    try:
        entry = await (await jetstream.key_value(CLOCK_BUCKET)).get(ADJUSTABLE)
    except (KeyNotFoundError, NotFoundError):
        entry = None
    if entry is None or entry.value != b"yes":
        raise Rejected("system-clock", "The services keep real time. Start them with KINDRED_CLOCK=adjustable first.")
