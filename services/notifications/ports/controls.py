"""Switches, suppressed addresses, wishes, and mails that came in and wait for a person."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol


class Controls(Protocol):
    """The pause switch, suppressed addresses, wishes, the inbox of the listener."""

    async def paused(self) -> bool:
        """Tell whether mails are held back."""
        ...

    async def pause(self, paused: bool) -> None:
        """Hold mails back, or go on."""
        ...

    async def suppress(self, address: str, mail_id: str, now: dt.datetime) -> None:
        """Write no more to an address."""
        ...

    async def lift(self, addresses: Iterable[str]) -> None:
        """Write to these addresses again."""
        ...

    async def suppressed(self, addresses: Iterable[str]) -> set[str]:
        """Return those of the addresses that are not written to."""
        ...

    async def wish(self, person_id: str, *, essential_only: bool) -> None:
        """Send this person only what is essential, or everything."""
        ...

    async def essential_only(self, person_ids: Iterable[str]) -> set[str]:
        """Return those who only want what is essential."""
        ...

    async def triage(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        """Keep a message for a person to look at; the same key again changes nothing."""
        ...

    async def triaged(self) -> list[tuple[dt.datetime, str, str]]:
        """Return what waits for a person: received at, why, subject; newest first."""
        ...

    async def forget(self, person_id: str, address: str) -> None:
        """Drop what is kept of a person and their address."""
        ...
