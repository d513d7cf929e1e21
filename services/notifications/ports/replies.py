"""Answers that calendars have sent."""

from typing import Protocol

from services.notifications.domain.directory import LastReply


class Replies(Protocol):
    """The last calendar answer of each person to each target."""

    async def last(self, target_id: str, person_id: str) -> LastReply | None:
        """Return the person's last calendar answer."""
        ...

    async def put(self, target_id: str, person_id: str, reply: LastReply) -> int:
        """Keep a calendar answer; return how many this target has had."""
        ...
