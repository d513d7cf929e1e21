"""Recent NATS errors: one log line a minute for each kind, and a sentence for readiness."""

import time
from collections.abc import Callable

from nats.js.errors import APIError

from shared import telemetry

LOGGED_EVERY = 60.0
RECENT = 15.0
_FULL = ("storage", "space", "maximum bytes", "resource")
_log = telemetry.logger("kindred.nats")


def in_words(error: BaseException) -> str:
    """What the server says of a request that it refused, or the class of another fault."""
    said = error.description if isinstance(error, APIError) else None
    if not said:
        return type(error).__name__
    hint = ": look at its disk and `kindred bus status`" if any(word in said.lower() for word in _FULL) else ""
    return f"{said}{hint}"


class Faults:
    """The faults of one connection."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._logged: dict[tuple[str, str], float] = {}
        self._refused: tuple[float, str] | None = None

    def note(self, event: str, error: BaseException) -> None:
        """Log a fault when it is new, and once a minute while it goes on."""
        said, now = in_words(error), self._clock()
        if isinstance(error, APIError):
            self._refused = (now, said)
        if now - self._logged.get((event, said), -LOGGED_EVERY) >= LOGGED_EVERY:
            self._logged[event, said] = now
            _log.warning(event, error=type(error).__name__, why=said)

    def refused(self) -> str:
        """What the server refused within the last 15 seconds, in words; empty when nothing.

        A refused publish reaches nats-py's error callback only: its own future just runs out of time.
        """
        if self._refused is None or self._clock() - self._refused[0] > RECENT:
            return ""
        return self._refused[1]
