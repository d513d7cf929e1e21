"""Links: given out, revoked, opened; and what becomes of them when their person goes."""

from services.portal.domain import words
from services.portal.domain.links import Link
from services.portal.ports import Models
from shared.bus import Service, UnitOfWork
from shared.commands.base import Done
from shared.commands.portal import RevokeLinks
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard, ContactForgotten
from shared.events.portal import LinkOpened
from shared.events.programmes import PersonErased


class LinkProjection:
    """Keeps links and the names of people."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def issued(self, event: LinkIssued, work: UnitOfWork) -> None:
        """Keep the link, with the date its mail named, so that an old mail can say it is out of date."""
        about = await self._models.get("dated", event.target_id) or {}
        fields = event.model_dump(exclude={"version", "link_id"})
        fields |= {"sequence": about.get("sequence"), "on": about.get("on"), "opened_at": None}
        await self._models.put("links", event.link_id, event.version, fields)

    async def named(self, card: ContactCard, work: UnitOfWork) -> None:
        """Keep a person's name and nothing else of the card."""
        await self._models.put("people", card.person_id, card.version, {"name": card.name})

    async def forgotten(self, event: ContactForgotten, work: UnitOfWork) -> None:
        """Drop the name and stop the links."""
        await self._models.forget(event.person_id)

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Drop every trace."""
        await self._models.erase(event.person_id)

    async def revoke(self, command: RevokeLinks, work: UnitOfWork) -> Done:
        """Stop links at once."""
        stopped = await self._models.revoke(command.person_id, command.target_id)
        said = words.count(stopped, "link no longer works.", "links no longer work.")
        return Done(id=command.person_id, sentence=said)


class TellingOpenings:
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
