"""What holds mails back, and incoming mails that wait for a person."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Protocol

from services.notifications.domain.kept import KeptMessage, Waiting
from shared.commands.notifications_replies import ListReplies


class PauseSwitch(Protocol):
    """Whether mails go out."""

    async def paused(self) -> bool:
        """Return whether mails are held back."""
        ...

    async def reason(self) -> str:
        """Return why mails are held back; "" where nobody has said, or they are not."""
        ...

    async def pause(self, paused: bool, reason: str = "") -> None:
        """Hold mails back, or go on."""
        ...


class Suppressions(Protocol):
    """Addresses that nothing is sent to, in any letter case."""

    async def add(self, address: str, mail_id: str, now: dt.datetime) -> None:
        """Write no more to an address; ``mail_id`` is the mail that was refused."""
        ...

    async def lift(self, addresses: Iterable[str]) -> None:
        """Write to these addresses again."""
        ...

    async def among(self, addresses: Iterable[str]) -> set[str]:
        """Return those of the addresses that nothing is sent to, in lower case."""
        ...


class Preferences(Protocol):
    """What people choose to get."""

    async def choose(self, person_id: str, *, essential_only: bool) -> None:
        """Send this person only what is essential, or everything."""
        ...

    async def essential_only(self, person_ids: Iterable[str]) -> set[str]:
        """Return those who only want what is essential."""
        ...


class Triage(Protocol):
    """Incoming mails that a person must look at, and those that nobody has to."""

    async def keep(self, message: KeptMessage) -> None:
        """Keep a message, waiting or filed; the same key again changes nothing. The sender is in lower case."""
        ...

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        """Return what waits for a person: received at, why, subject; newest first."""
        ...

    async def page(self, wanted: ListReplies) -> tuple[int, list[KeptMessage]]:
        """Return how many messages fit, and a page of them, newest first, without their content."""
        ...

    async def one(self, key: str) -> KeptMessage | None:
        """Return a message with its content."""
        ...

    async def close(self, key: str) -> None:
        """Note that somebody has dealt with a message."""
        ...

    async def forget(self, sender: str, person_id: str) -> None:
        """Drop what came from this address, if there is one, or concerns this person."""
        ...


class Announcements(Protocol):
    """What waits and has still to be told to coordinators."""

    async def unannounced(self, limit: int) -> list[KeptMessage]:
        """Return messages that wait and that no coordinator has been told of, oldest first, without their content."""
        ...

    async def announced(self, key: str, forwarded_on: dt.date | None) -> None:
        """Note that coordinators are told of a message, and the day if it was forwarded to them at once."""
        ...

    async def forwarded(self, programme_id: str, on: dt.date) -> int:
        """Count the messages of a programme that were forwarded on a day."""
        ...

    async def waiting_for(self, programme_ids: Collection[str], limit: int, *, unplaced: bool) -> Waiting:
        """Return what waits of these programmes, with ``unplaced`` also what belongs to none; without content."""
        ...
