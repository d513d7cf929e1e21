"""Reminders: timers that a service sets."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Reminder:
    """Comes back to its own service when ``due`` (aware, by the service's clock); ``kind`` and ``key`` name it."""

    kind: str
    key: str
    due: datetime
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CancelledReminder:
    """The reminder of that kind and key is no longer wanted."""

    kind: str
    key: str
