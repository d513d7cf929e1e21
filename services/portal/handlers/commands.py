"""Links: revoked on command, and noted and published when first opened."""

from services.portal.domain import words
from services.portal.domain.links import Link
from services.portal.ports.links import LinkChanges
from shared.bus import Service, UnitOfWork
from shared.commands.base import Done
from shared.commands.portal import RevokeLinks


class LinkCommands:
    """One method a command."""

    def __init__(self, links: LinkChanges) -> None:
        self._links = links

    async def revoke(self, command: RevokeLinks, work: UnitOfWork) -> Done:
        """Stop links at once."""
        stopped = await self._links.revoke(command.person_id, command.target_id)
        said = words.count(stopped, "link no longer works.", "links no longer work.")
        return Done(id=command.person_id, sentence=said)


class LinkOpenings:
    """The port `Openings`: notes the first use of a link and publishes it, in one transaction."""

    def __init__(self, service: Service, links: LinkChanges) -> None:
        self._service = service
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

        await self._service.transact(note, actor=link.person_id)
