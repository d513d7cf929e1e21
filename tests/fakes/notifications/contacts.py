"""Contact cards in memory."""

from collections.abc import Iterable

from services.notifications.domain.directory import Card


class MemoryContacts:
    def __init__(self) -> None:
        self.people: dict[str, Card] = {}

    async def put(self, card: Card) -> None:
        there = self.people.get(card.person_id)
        if there is None or there.version < card.version:
            self.people[card.person_id] = card

    async def forget(self, person_id: str) -> None:
        self.people.pop(person_id, None)

    async def find(self, person_ids: Iterable[str]) -> dict[str, Card]:
        return {one: self.people[one] for one in person_ids if one in self.people}

    async def people_at(self, address: str) -> list[str]:
        return [one.person_id for one in self.people.values() if one.email.lower() == address.lower()]
