"""Contact cards."""

from collections.abc import Iterable

from services.notifications.domain.directory import Card
from services.notifications.store.documents import document, model, some
from shared.mongo import Database


class MongoContacts:
    """Behind ``ports.Contacts``."""

    def __init__(self, database: Database) -> None:
        self._people = database["people"]

    async def put(self, card: Card) -> None:
        """Keep a contact card unless the same version or a newer one is there."""
        await self._people.put_newer(document(card.person_id, card, address=card.email.lower()))

    async def forget(self, person_id: str) -> None:
        """Drop a person's card."""
        await self._people.delete_one({"_id": person_id})

    async def find(self, person_ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those people who are known."""
        return {found["_id"]: model(Card, found) for found in await some(self._people, person_ids)}

    async def people_at(self, address: str) -> list[str]:
        """Return the ids of the people with this address, in any letter case."""
        return [found["_id"] async for found in self._people.find({"address": address.lower()})]
