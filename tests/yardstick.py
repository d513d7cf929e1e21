"""How fast this machine is at this moment: a fixed piece of work to hold other work against.

Seconds say little on a machine that others use too. A test that wants an answer to be quick times the yardstick
between its answers, and limits how many yardsticks an answer may take.
"""

import json
import time
from typing import NamedTuple, Self

ROWS = [
    {"id": f"sch-{n:05}", "place": [n, n * 7 % 1_000], "topics": ["reading", "writing"][: n % 3]} for n in range(200)
]
ROUNDS = 8


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


def yardstick() -> Spent:
    """Do the fixed work once: some 5 ms of one processor of a laptop, by parsing, sorting and hashing."""
    with Watch() as watch:
        for _ in range(ROUNDS):
            rows = json.loads(json.dumps(ROWS))
            rows.sort(key=lambda row: (len(row["topics"]), row["place"]))
            hash(tuple(row["id"] for row in rows))
    return watch.spent
