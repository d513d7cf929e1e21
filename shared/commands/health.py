"""How a service is, asked over the bus: what its readiness found last, and what somebody should know.

Each service answers its own; one that does not is itself the news.
"""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Message, Query, Reply

__all__ = ["HEALTH", "HealthDetail"]


class HealthDetail(Reply):
    """`problems`: what keeps it from working, in words; `notes`: what is no fault. `tasks`: what it runs by itself.

    `waiting`: rows of its outbox that are not on the bus yet, and the seconds that the oldest waits.
    """

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    waiting: int = 0
    waiting_seconds: float = 0.0
    backed_up: dt.datetime | None = Field(None, description="when a backup of its database was last taken, if known")


class _OfHealth(Message):
    Reply: ClassVar[type[Reply]] = HealthDetail
    seconds: ClassVar[float] = 3.0


class ShowProgrammesHealth(_OfHealth, Query):
    """How `programmes` is."""

    service: ClassVar[str] = "programmes"


class ShowMatchingHealth(_OfHealth, Query):
    """How `matching` is."""

    service: ClassVar[str] = "matching"


class ShowSchedulingHealth(_OfHealth, Query):
    """How `scheduling` is."""

    service: ClassVar[str] = "scheduling"


class ShowNotificationsHealth(_OfHealth, Query):
    """How `notifications` is."""

    service: ClassVar[str] = "notifications"


class ShowReportingHealth(_OfHealth, Query):
    """How `reporting` is."""

    service: ClassVar[str] = "reporting"


class ShowTasksHealth(_OfHealth, Query):
    """How `tasks` is."""

    service: ClassVar[str] = "tasks"


class ShowPortalHealth(_OfHealth, Query):
    """How `portal` is."""

    service: ClassVar[str] = "portal"


HEALTH: dict[str, type[Query]] = {
    one.service: one
    for one in (
        ShowProgrammesHealth, ShowMatchingHealth, ShowSchedulingHealth, ShowNotificationsHealth, ShowReportingHealth,
        ShowTasksHealth, ShowPortalHealth,
    )
}  # fmt: skip
"""Service -> the query for how it is."""
