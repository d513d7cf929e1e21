"""What holds mails back, and incoming mails that wait for a person."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from services.notifications.domain.kept import KeptMessage
from shared.commands.notifications_replies import ReplyState


class PauseSwitch(Protocol):
    """Whether mails go out."""

    async def paused(self) -> bool:
        """Return whether mails are held back."""
        ...

    async def pause(self, paused: bool) -> None:
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
    """Incoming mails that a person must look at."""

    async def keep(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        """Keep a message for a person to look at; the same key again changes nothing."""
        ...

    async def file(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        """Keep a message that nobody has to look at; the same key again changes nothing."""
        ...

    async def waiting(self) -> list[tuple[dt.datetime, str, str]]:
        """Return what waits for a person: received at, why, subject; newest first."""
        ...

    async def found(self, state: ReplyState, limit: int) -> list[KeptMessage]:
        """Return messages in a state, newest first, without their content."""
        ...

    async def one(self, key: str) -> KeptMessage | None:
        """Return a message with its content."""
        ...

    async def close(self, key: str) -> None:
        """Note that somebody has dealt with a message."""
        ...

    async def forget(self, sender: str) -> None:
        """Drop what came from this address."""
        ...
