"""How far the adjustable clock is ahead, as the KV bucket CLOCK holds it for all processes."""

from datetime import timedelta

from nats.js import JetStreamContext
from nats.js.errors import KeyNotFoundError, NotFoundError

from shared.bus.subjects import CLOCK_BUCKET
from shared.clock import AdjustableClock

KEY = "offset"


async def read_offset(jetstream: JetStreamContext, clock: AdjustableClock) -> None:
    """Bring the clock to the offset that all share."""
    try:
        entry = await (await jetstream.key_value(CLOCK_BUCKET)).get(KEY)
    except (KeyNotFoundError, NotFoundError):
        return
    clock.move(timedelta(seconds=float(entry.value or b"0")))
