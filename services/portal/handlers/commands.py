"""Links: revoked on command, and noted and published when first opened."""

from collections.abc import Awaitable, Callable

from services.portal.domain import words
from services.portal.domain.links import Link
from services.portal.ports.feeds import FeedStore
from services.portal.ports.links import LinkChanges
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.portal import RevokeLinks

Transact = Callable[[Callable[[UnitOfWork], Awaitable[None]], str], Awaitable[None]]
"""Runs work in a transaction with its outbox, on behalf of a person: `Service.transact`."""


class LinkCommands:
    """One method a command."""

    def __init__(self, links: LinkChanges, feeds: FeedStore) -> None:
        self._links = links
        self._feeds = feeds

    async def revoke(self, command: RevokeLinks, work: UnitOfWork) -> Done:
        """Stop links at once; where all of a person's are meant, their calendar feed, too."""
        if not command.target_id:
            await self._feeds.drop(command.person_id)
        stopped = await self._links.revoke(command.person_id, command.target_id)
        said = words.count(stopped, "link no longer works.", "links no longer work.")
        return Done(id=command.person_id, sentence=said)


class LinkOpenings:
    """The port `Openings`: notes the first use of a link and publishes it, in one transaction."""

    def __init__(self, transact: Transact, links: LinkChanges) -> None:
        self._transact = transact
        self._links = links

    async def opened(self, link: Link) -> None:
        """Note it once; later calls change nothing."""
        if link.opened:
            return

        async def note(work: UnitOfWork) -> None:
            kept = await self._links.get(link.link_id)
            event = kept.first_opening() if kept else None
            if event is not None and await self._links.open(link.link_id, work.now):
                work.publish(event)

        await self._transact(note, link.person_id)
