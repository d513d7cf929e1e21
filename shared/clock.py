"""Time is a port: nothing but this module reads the wall clock for the domain.

``SystemClock`` is real time. ``AdjustableClock`` is real time plus an offset that the bus keeps in the
KV bucket ``CLOCK`` (``shared.bus.clock``). A demo or a test can so play a school year in minutes.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What services ask for the time."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        ...


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        return datetime.now(UTC)


class AdjustableClock:
    """Real time plus an offset, which only ever grows."""

    def __init__(self) -> None:
        self.offset = timedelta(0)

    def now(self) -> datetime:
        """Return the shifted present as an aware UTC datetime."""
        return datetime.now(UTC) + self.offset

    def move(self, offset: timedelta) -> None:
        """Set the offset; time never runs backwards, so a smaller one is ignored."""
        self.offset = max(self.offset, offset)
