"""How fast this machine is at this moment: a fixed piece of work to hold other work against.

Seconds say little on a machine that others use too. A test that wants an answer to be quick times the yardstick
between its answers, and limits how many yardsticks an answer may take. `allowed` does so for one long piece of work.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple, Self

from tests.waiting import until

ROWS = [
    {"id": f"sch-{n:05}", "place": [n, n * 7 % 1_000], "topics": ["reading", "writing"][: n % 3]} for n in range(200)
]
ROUNDS = 8
EVERY = 0.25


class Spent(NamedTuple):
    """What a piece of work took: seconds of the processor and of the clock."""

    processor: float
    clock: float


class Watch:
    """Times what stands in its `with` block: `Watch().spent` afterwards."""

    spent: Spent

    def __enter__(self) -> Self:
        """Begin."""
        self._began = (time.process_time(), time.perf_counter())
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self.spent = Spent(time.process_time() - self._began[0], time.perf_counter() - self._began[1])


def allowed(yardsticks: float) -> float:
    """Seconds of the processor that so many yardsticks take, by the median of nine."""
    return yardsticks * sorted(yardstick().processor for _ in range(9))[4]


def yardstick() -> Spent:
    """Do the fixed work once: some 3 ms of one processor of a laptop, by parsing, sorting and hashing."""
    with Watch() as watch:
        for _ in range(ROUNDS):
            rows = json.loads(json.dumps(ROWS))
            rows.sort(key=lambda row: (len(row["topics"]), row["place"]))
            hash(tuple(row["id"] for row in rows))
    return watch.spent


@asynccontextmanager
async def beside() -> AsyncIterator[list[Spent]]:
    """Time the yardstick now, and time and again while the `async with` block waits for other work."""
    found = [yardstick()]
    measuring = asyncio.create_task(until(lambda: found.append(yardstick()), seconds=math.inf, every=EVERY))
    try:
        yield found
    finally:
        measuring.cancel()
