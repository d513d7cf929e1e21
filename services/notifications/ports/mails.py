"""Every mail with what became of it: a queue that workers empty, a ledger for people who ask."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Protocol

from services.notifications.domain.built import Built, KeptText, Page, Undelivered
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.settled import Settled
from shared.commands.notifications import ListMails, MailState
from shared.commands.notifications_held import HeldMails


class Intake(Protocol):
    """Where new mails go."""

    async def add(self, mails: Sequence[Mail]) -> None:
        """Keep new mails; one that is there already stays as it is."""
        ...

    async def gather(self, mail: Mail, now: dt.datetime) -> bool:
        """Keep a new mail that takes in more until it goes out; False when one of its id may have gone out.

        What was written for it already is written anew.
        """
        ...

    async def supersede(
        self, target_id: str, person_ids: Sequence[str], except_ids: Sequence[str], now: dt.datetime
    ) -> int:
        """Hold back invitations to the same target that still wait, now that newer ones exist; return how many."""
        ...


class Settlement(Protocol):
    """How a claimed mail ends. Each change is guarded by the state it starts from."""

    async def settle(self, claimed: Mail, verdict: Verdict, now: dt.datetime, *, extra: bool = False) -> bool:
        """Note what became of a claimed mail; False when it was settled otherwise meanwhile."""
        ...


class Drafts(Settlement, Protocol):
    """What was written for claimed mails."""

    async def keep(self, built: Sequence[Built]) -> None:
        """Keep what was written for claimed mails."""
        ...

    async def outgoing(self, mail_id: str) -> bytes | None:
        """Return what goes to the relay, if it is written and not yet accepted."""
        ...


class Queue(Settlement, Protocol):
    """Mails on their way, shared by workers."""

    async def claim(self, owner: str, limit: int, now: dt.datetime, kinds: Collection[str] | None = None) -> list[Mail]:
        """Take up to ``limit`` mails that are due, for this worker alone; with ``kinds``, only those."""
        ...

    async def note(self, begun: Sequence[tuple[Mail, dt.datetime]], settled: Sequence[Settled]) -> set[str]:
        """Note at once that handing over begins, each at its moment, and what became of others.

        Return the ids of those of ``begun`` that are still held by the same claim; the others must not be handed over.
        It may be repeated, when nobody knows whether it was done.
        """
        ...

    async def postpone(self, why: str, now: dt.datetime) -> int:
        """Defer every queued mail that is due, because no mail can go out; each stays due. Return how many."""
        ...

    async def counts(self) -> dict[MailState, int]:
        """Return how many mails are in each state."""
        ...

    async def refused(self) -> dict[str, int]:
        """Return how many mails wait because they were refused, by whose fault it is."""
        ...

    async def release(self, owner: str) -> int:
        """Give back what this worker has claimed and not begun."""
        ...

    async def beat(self, owner: str) -> None:
        """Show that this worker lives."""
        ...

    async def orphans(self, silent_seconds: float) -> list[Mail]:
        """Return claimed mails whose worker has been silent for so long."""
        ...


class Outcomes(Protocol):
    """What became of mails and is still to be published."""

    async def unpublished(self, limit: int) -> list[Mail]:
        """Return mails whose outcome has not been published."""
        ...

    async def mark_published(self, mails: Sequence[Mail]) -> None:
        """Note that the outcome of these mails, as they stand, is published."""
        ...


class Lookup(Protocol):
    """One mail by its id."""

    async def one(self, mail_id: str) -> Mail | None:
        """Return a mail."""
        ...


class Ledger(Lookup, Protocol):
    """Mails for people who ask."""

    async def text(self, mail_id: str) -> KeptText | None:
        """Return a mail's text."""
        ...

    async def page(self, wanted: ListMails) -> Page:
        """Return mails, newest first."""
        ...


class Resending(Lookup, Protocol):
    """Mails that are sent once more."""

    async def queue_again(self, mail_ids: Sequence[str], now: dt.datetime) -> list[Mail]:
        """Queue mails once more and return those that could be."""
        ...

    async def to_send_again(self, programme_id: str) -> list[str]:
        """Return the mails of a programme that failed, bounced or stayed unknown, and those held back by address."""
        ...


class Held(Protocol):
    """Mails that a restore holds, because they may have gone out before it."""

    async def hold(self, until: dt.datetime, now: dt.datetime) -> int:
        """Hold every mail on its way that was due by ``until``, the time of the restore; return how many.

        What is still to be published of others is marked as ``restored``.
        """
        ...

    async def held(self) -> int:
        """Return how many are held."""
        ...

    async def release(self, which: HeldMails, now: dt.datetime) -> int:
        """Queue the held mails that match as new editions; return how many."""
        ...

    async def drop(self, which: HeldMails, now: dt.datetime) -> int:
        """Never send the held mails that match; return how many."""
        ...

    async def without_links(self, limit: int) -> list[Mail]:
        """Return mails that were held and whose earlier links have not been issued again."""
        ...

    async def links_issued(self, mail_ids: Sequence[str]) -> None:
        """Note that the earlier links of these mails work again."""
        ...


class Returns(Lookup, Protocol):
    """Mails that came back after the relay had taken them."""

    async def returned(self, mail: Mail, verdict: Verdict, now: dt.datetime) -> bool:
        """Note what becomes of a mail that came back; False when it has not been sent, or sent again since.

        ``deferred``: it goes out once more as a new edition.
        """
        ...


class Troubles(Protocol):
    """Mails that did not arrive, for the coordinator's notice."""

    async def undelivered(self, programme_id: str, since: dt.datetime, until: dt.datetime, limit: int) -> Undelivered:
        """Count the mails of a programme that bounced or failed in that time, but for notices; return the first."""
        ...


class Erasure(Protocol):
    """The end of what is kept of a person."""

    async def erase(self, person_id: str, now: dt.datetime, name: str = "") -> None:
        """Blank a person's address and every text and subject that names them; what waits for them is held back."""
        ...
