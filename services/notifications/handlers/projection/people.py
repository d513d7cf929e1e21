"""The contact book: keeps contact cards, and erases people."""

from services.notifications.ports import Aliases, Contacts, Erasure, Preferences, Suppressions, Triage
from shared.bus.unit_of_work import UnitOfWork
from shared.events.people import ContactCard, ContactForgotten
from shared.events.programmes import PersonErased
from shared.roster import Roster


class People:
    """Keeps contact cards."""

    def __init__(
        self,
        contacts: Contacts,
        mails: Erasure,
        suppressions: Suppressions,
        preferences: Preferences,
        *,
        triage: Triage,
        aliases: Aliases,
        roster: Roster,
    ) -> None:
        self._contacts = contacts
        self._mails = mails
        self._suppressions = suppressions
        self._preferences = preferences
        self._triage = triage
        self._aliases = aliases
        self._roster = roster

    async def card(self, card: ContactCard, work: UnitOfWork) -> None:
        """Keep a card."""
        await self._contacts.put(card)

    async def forgotten(self, event: ContactForgotten | PersonErased, work: UnitOfWork) -> None:
        """Drop a person's card, their address in every mail, and every text and subject that names them."""
        card = (await self._contacts.find([event.person_id])).get(event.person_id)
        address = card.email if card else ""
        if address:
            await self._suppressions.lift([address])
            await self._preferences.choose(event.person_id, essential_only=False)
        await self._triage.forget(address, event.person_id)
        await self._aliases.forget(event.person_id)
        await self._roster.forget(event.person_id)
        await self._mails.erase(event.person_id, work.now, card.name if card else "")
        await self._contacts.forget(event.person_id)
