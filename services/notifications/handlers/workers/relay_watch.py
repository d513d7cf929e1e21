"""Whether the relay takes mails.

When it does not, the log and a gauge say so at once, and readiness is red after a minute. While it is away nothing is
claimed, and one connection probes with growing pauses.
"""

import time
from collections.abc import Callable

from services.notifications.domain.delivery import Attempt, relay_away, why_away
from shared import telemetry

RED_AFTER = 60.0
LOOKED_AT_EVERY = 300.0
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
_log = telemetry.logger("kindred.notifications")


class RelayWatch:
    """What is known of one relay, named `host:port`. ``seconds`` is a monotonic clock."""

    def __init__(self, relay: str, seconds: Callable[[], float] = time.monotonic) -> None:
        self._relay = relay
        self._seconds = seconds
        self._away_since: float | None = None
        self._alarmed = False
        self._probes = 0
        self._next_probe = seconds()
        self.why = ""

    @property
    def away(self) -> bool:
        """Return whether the last attempt to connect or log in failed."""
        return self._away_since is not None

    @property
    def due(self) -> bool:
        """Return whether a probe is due: the relay is away, or has taken no mail for five minutes."""
        return self._seconds() >= self._next_probe

    def note(self, attempt: Attempt | None) -> None:
        """Take in how an attempt ended; None stands for a successful connection."""
        if attempt is None or not relay_away(attempt):
            self._answered()
        else:
            self._failed(why_away(attempt))

    def problems(self) -> list[str]:
        """Return what keeps the relay away, in words, once it has been away for a minute."""
        red = self.away and self._away_for() >= RED_AFTER
        return [f"{self.why} ({self._relay}); mails wait"] if red else []

    def _answered(self) -> None:
        if self.away:
            _log.info("relay_back", relay=self._relay, after_seconds=round(self._away_for()))
        self._away_since, self._alarmed, self._probes, self.why = None, False, 0, ""
        self._next_probe = self._seconds() + LOOKED_AT_EVERY
        telemetry.RELAY_UP.labels(self._relay).set(1)

    def _failed(self, why: str) -> None:
        if why != self.why:
            _log.warning("relay_away", relay=self._relay, why=why)
        self._away_since = self._seconds() if self._away_since is None else self._away_since
        if not self._alarmed and self._away_for() >= RED_AFTER:
            self._alarmed = True
            _log.error("relay_still_away", relay=self._relay, why=why, for_seconds=round(self._away_for()))
        self._next_probe = self._seconds() + _PAUSES[min(self._probes, len(_PAUSES) - 1)]
        self._probes += 1
        self.why = why
        telemetry.RELAY_UP.labels(self._relay).set(0)

    def _away_for(self) -> float:
        return 0.0 if self._away_since is None else self._seconds() - self._away_since
