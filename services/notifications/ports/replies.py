"""Answers that calendars have sent."""

from typing import Protocol

from services.notifications.domain.directory import LastReply


class Aliases(Protocol):
    """Further addresses that people answer from, as somebody has placed them."""

    async def remember(self, address: str, person_id: str) -> None:
        """Take answers from this address as this person's."""
        ...

    async def people_at(self, address: str) -> list[str]:
        """Return the ids of the people who answer from this address, in any case of letters."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's aliases."""
        ...


class Replies(Protocol):
    """The last calendar answer of each person to each target."""

    async def last(self, target_id: str, person_id: str) -> LastReply | None:
        """Return the person's last calendar answer."""
        ...

    async def put(self, target_id: str, person_id: str, reply: LastReply) -> int:
        """Keep a calendar answer; return how many this target has had."""
        ...
