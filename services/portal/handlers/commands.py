"""Links: revoked on command, and noted and published when first opened."""

from services.portal.domain import words
from services.portal.domain.links import Link
from services.portal.ports.models import Models
from shared.bus import Service, UnitOfWork
from shared.commands.base import Done
from shared.commands.portal import RevokeLinks
from shared.events.portal import LinkOpened


class LinkCommands:
    """One method a command."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def revoke(self, command: RevokeLinks, work: UnitOfWork) -> Done:
        """Stop links at once."""
        stopped = await self._models.revoke(command.person_id, command.target_id)
        said = words.count(stopped, "link no longer works.", "links no longer work.")
        return Done(id=command.person_id, sentence=said)


class LinkOpenings:
    """`ports.Openings`: notes the first use of a link and tells it, in one transaction."""

    def __init__(self, service: Service, models: Models) -> None:
        self._service = service
        self._models = models

    async def opened(self, link: Link) -> None:
        """Note it once; telling it again changes nothing."""
        if link.opened:
            return

        async def tell(work: UnitOfWork) -> None:
            kept = await self._models.get("links", link.link_id)
            if kept is not None and await self._models.open_link(link.link_id, work.now):
                told = {field: kept[field] for field in ("person_id", "purpose", "target_id")}
                work.publish(LinkOpened(version=1, link_id=link.link_id, **told))

        await self._service.transact(tell, actor=link.person_id)
