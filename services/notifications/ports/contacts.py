"""Contact cards: whom a mail goes to, and whose address a reply came from."""

from collections.abc import Iterable
from typing import Protocol

from services.notifications.domain.directory import Card


class Cards(Protocol):
    """Contact cards by person."""

    async def find(self, person_ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those people who are known."""
        ...


class Addresses(Protocol):
    """People by address."""

    async def people_at(self, address: str) -> list[str]:
        """Return the ids of the people with this address, in any letter case."""
        ...


class Contacts(Cards, Addresses, Protocol):
    """The contact book: what the projection writes and others read."""

    async def put(self, card: Card) -> None:
        """Keep a contact card unless the same version or a newer one is there."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's card."""
        ...
