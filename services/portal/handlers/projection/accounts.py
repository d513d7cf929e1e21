"""Who may sign in: everybody whose contact card has come, by its address.

A durable of its own, since it was added later than the names: at its first start it reads the cards of everybody.
"""

from services.portal.domain.sign_in.secrets import plain
from services.portal.handlers.ending import Endings
from services.portal.ports.models import Erasure, Models
from shared.bus import UnitOfWork
from shared.events.people import ContactCard, ContactForgotten

ACCOUNTS = "accounts"


class AccountProjection:
    """Keeps accounts."""

    def __init__(self, models: Models, erasure: Erasure, endings: Endings) -> None:
        self._models = models
        self._erasure = erasure
        self._endings = endings

    async def known(self, card: ContactCard, work: UnitOfWork) -> None:
        """Keep by which address a person signs in, and whether they coordinate this deployment.

        Whoever coordinates no more is shut out: coming back later means setting up anew. Whoever begins to is, too,
        since what was opened by a mail alone must not go on. Neither must it once the address is another: whoever reads
        mail at the one before may be a stranger.
        """
        coordinates = any(
            held.role == "coordinator" and not (held.programme_id or held.school_id) for held in card.roles
        )
        before = await self._models.get(ACCOUNTS, card.person_id)
        fields = {"name": card.name, "address": plain(card.email), "coordinator": coordinates}
        await self._models.put(ACCOUNTS, card.person_id, card.version, fields)
        if before is None or before["version"] >= card.version:
            return
        if before["coordinator"] != coordinates:
            await self._endings.shut_out(card.person_id, work)
        if before["address"] != fields["address"]:
            await self._endings.by_mail(card.person_id, work)

    async def forgotten(self, event: ContactForgotten, work: UnitOfWork) -> None:
        """Drop the account, also where an older card came late."""
        await self._endings.everything(event.person_id, work)
        await self._erasure.forget(event.person_id)
