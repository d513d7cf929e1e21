"""Links as they are given out, people's names, and what becomes of both when a person goes."""

from services.portal.handlers.ending import Endings
from services.portal.ports.models import Erasure, Models
from shared.bus import UnitOfWork
from shared.events import links
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard, ContactForgotten
from shared.events.programmes import PersonErased


class LinkProjection:
    """Keeps links and the names of people."""

    def __init__(self, models: Models, erasure: Erasure, endings: Endings) -> None:
        self._models = models
        self._erasure = erasure
        self._endings = endings

    async def issued(self, event: LinkIssued | links.LinkIssued, work: UnitOfWork) -> None:
        """Keep the link, with the date its mail named, so that an old mail can say it is out of date."""
        about = await self._models.get("dated", event.target_id) or {}
        fields = event.model_dump(exclude={"version", "link_id"})
        fields |= {"sequence": about.get("sequence"), "on": about.get("on"), "opened_at": None}
        await self._models.put("links", event.link_id, event.version, fields)

    async def named(self, card: ContactCard, work: UnitOfWork) -> None:
        """Keep a person's name."""
        await self._models.put("people", card.person_id, card.version, {"name": card.name})

    async def forgotten(self, event: ContactForgotten, work: UnitOfWork) -> None:
        """Drop the name and stop the links."""
        await self._endings.everything(event.person_id, work)
        await self._erasure.forget(event.person_id)

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Drop every trace."""
        await self._endings.everything(event.person_id, work)
        await self._erasure.erase(event.person_id)
