"""What lies outside the store: transactions that tell, switches, other services, chance."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol, TypeVar

from shared.bus.unit_of_work import UnitOfWork
from shared.commands.scheduling import BriefText
from shared.commands.scheduling_dates import AgreementDetail

T = TypeVar("T")


class Transact(Protocol):
    """Runs work in one transaction together with what it tells."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Run ``work``; it may run again after a write conflict."""
        ...


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


class Asks(Protocol):
    """What other services know."""

    async def brief(self, visit_id: str) -> BriefText | None:
        """Return the host's brief and visitor notes."""
        ...

    async def agreement(self, agreement_id: str) -> AgreementDetail | None:
        """Return what people agree a day for and what they have said; None where it is not known."""
        ...

    async def report_pdf(self, report_id: str, edition: int, at_most: int) -> bytes | None:
        """Return a report's PDF; None when it is larger than ``at_most`` bytes."""
        ...


class Chance(Protocol):
    """Randomness."""

    def fraction(self) -> float:
        """Return a number from 0 to 1."""
        ...

    def secret(self, size: int) -> bytes:
        """Return random bytes that nobody can guess."""
        ...
