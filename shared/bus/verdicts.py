"""What becomes of a message after its handler: acknowledged, tried again later, or kept as a dead letter.

Waiting for an absent server never counts as a try. FastStream's own policies drop a message at its first error or use
up its tries in milliseconds.
"""

import random
from collections import OrderedDict
from dataclasses import dataclass

from shared import mongo
from shared.bus.envelope import UnknownVersion
from shared.errors import KindredError, NotYet, Permanent, Rejected, Retryable

MOST_TRIES = 12
MOST_RETRIES = 40
MOST_WAITS = 400
LONGEST = 60.0
LONGEST_WAIT = 5.0


@dataclass(frozen=True)
class Again:
    """Deliver it again after ``delay`` seconds."""

    delay: float
    outage: bool = False


@dataclass(frozen=True)
class Dead:
    """Keep it as a dead letter; ``parked`` ones wait for a newer release."""

    reason: str
    parked: bool = False


Verdict = Again | Dead


class Tries:
    """How often each message has failed in this process, outages excluded; the oldest are forgotten first."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._counts: OrderedDict[tuple[str, int], int] = OrderedDict()

    def another(self, durable: str, sequence: int) -> int:
        """Count one more and return how many."""
        count = self._counts.pop((durable, sequence), 0) + 1
        self._counts[durable, sequence] = count
        if len(self._counts) > self._most:
            self._counts.popitem(last=False)
        return count

    def forget(self, durable: str, sequence: int) -> None:
        """Forget a message that was handled or given up."""
        self._counts.pop((durable, sequence), None)


def judge(error: BaseException, tries: int) -> Verdict:
    """Return what to do after the ``tries``-th failure."""
    if mongo.unavailable(error):
        return Again(_jittered(1.0), outage=True)
    if isinstance(error, Permanent | Rejected):
        return Dead(described(error), parked=isinstance(error, UnknownVersion))
    most, delay = _patience(error, tries)
    if tries < most:
        return Again(_jittered(delay))
    return Dead(f"{described(error)} (after {tries} tries)")


def _patience(error: BaseException, tries: int) -> tuple[int, float]:
    """Return how many tries an error deserves, and the wait before the next."""
    match error:
        case NotYet():
            return MOST_WAITS, min((error.after or 0.5) * 1.2 ** min(tries - 1, 40), LONGEST_WAIT)
        case Retryable():
            return MOST_RETRIES, max(error.after or 0.0, backoff(tries))
    return MOST_TRIES, backoff(tries)


def backoff(tries: int) -> float:
    """Return the wait before try ``tries + 1``: 0.2 s doubling up to a minute."""
    return float(min(0.2 * 2 ** (tries - 1), LONGEST))


def described(error: BaseException) -> str:
    """Describe an error by class and place. A library's message could quote a person's name."""
    if isinstance(error, KindredError):
        return f"{type(error).__name__}: {error}"
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{where}"


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, guards nothing
