"""Whether the relay takes mails.

When it does not, the log and a gauge say so at once, and readiness is red after a minute. While it is away nothing is
claimed, and one connection probes with growing pauses. A relay that refuses our sender refuses every mail: readiness
says that as well. Refusals that are the operator's to mend are logged, once a minute with their number.
"""

import time
from collections.abc import Callable

from services.notifications.domain.delivery import Attempt, relay_away, sender_refused, why_away
from services.notifications.domain.refusals import TRIED_AGAIN
from shared import telemetry

RED_AFTER = 60.0
LOOKED_AT_EVERY = 300.0
_LOGGED_EVERY = 60.0
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
        self._refused_since: float | None = None
        self._refusal = ""
        self._logged: dict[str, float] = {}
        self._unlogged: dict[str, int] = {}
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
        if attempt is not None and relay_away(attempt):
            self._failed(why_away(attempt))
            return
        self._answered()
        if attempt is None:
            return
        if attempt.ending == "refused" and attempt.code >= 500 and attempt.fault in TRIED_AGAIN:
            self._log_refusal(attempt)
        if not sender_refused(attempt):
            self._refused_since = None
        elif self._refused_since is None:
            self._refused_since, self._refusal = self._seconds(), f"{attempt.code} {attempt.text[:200]}".strip()

    def problems(self) -> list[str]:
        """Return what keeps the relay from taking any mail, in words, once it has been so for a minute."""
        if self.away and self._for(self._away_since) >= RED_AFTER:
            return [f"{self.why} ({self._relay}); mails wait"]
        if self._refused_since is not None and self._for(self._refused_since) >= RED_AFTER:
            return [f"The relay refuses our sender: {self._refusal} ({self._relay}); mails wait"]
        return []

    def _answered(self) -> None:
        if self.away:
            _log.info("relay_back", relay=self._relay, after_seconds=round(self._for(self._away_since)))
        self._away_since, self._alarmed, self._probes, self.why = None, False, 0, ""
        self._next_probe = self._seconds() + LOOKED_AT_EVERY
        telemetry.RELAY_UP.labels(self._relay).set(1)

    def _failed(self, why: str) -> None:
        if why != self.why:
            _log.warning("relay_away", relay=self._relay, why=why)
        self._away_since = self._seconds() if self._away_since is None else self._away_since
        if not self._alarmed and self._for(self._away_since) >= RED_AFTER:
            self._alarmed = True
            _log.error("relay_still_away", relay=self._relay, why=why, for_seconds=round(self._for(self._away_since)))
        self._next_probe = self._seconds() + _PAUSES[min(self._probes, len(_PAUSES) - 1)]
        self._probes += 1
        self.why = why
        telemetry.RELAY_UP.labels(self._relay).set(0)

    def _log_refusal(self, attempt: Attempt) -> None:
        """Log a refusal without its words, which may hold an address."""
        status = attempt.status
        count = self._unlogged.get(status, 0) + 1
        last = self._logged.get(status)
        if last is not None and self._seconds() - last < _LOGGED_EVERY:
            self._unlogged[status] = count
            return
        self._logged[status], self._unlogged[status] = self._seconds(), 0
        _log.warning("mails_refused", fault=attempt.fault, status=status, stage=attempt.stage, mails=count)

    def _for(self, since: float | None) -> float:
        return 0.0 if since is None else self._seconds() - since
