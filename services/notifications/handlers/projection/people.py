"""The contact book: cards as they come, and their end."""

from services.notifications.ports import Book, Controls, Ledger
from shared.bus.unit_of_work import UnitOfWork
from shared.events.people import ContactCard, ContactForgotten
from shared.events.programmes import PersonErased


class People:
    """Keeps contact cards."""

    def __init__(self, book: Book, ledger: Ledger, controls: Controls) -> None:
        self._book = book
        self._ledger = ledger
        self._controls = controls

    async def card(self, card: ContactCard, work: UnitOfWork) -> None:
        """Keep a card."""
        await self._book.put_card(card)

    async def forgotten(self, event: ContactForgotten | PersonErased, work: UnitOfWork) -> None:
        """Drop a person's card, their address in every mail, and every text that names them."""
        cards = await self._book.cards([event.person_id])
        if event.person_id in cards:
            await self._controls.forget(event.person_id, cards[event.person_id].email)
        await self._ledger.erase(event.person_id, work.now)
        await self._book.forget(event.person_id)
