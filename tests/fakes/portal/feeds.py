"""Ids of calendar feeds in memory."""

from tests.fakes.portal.models import Collections


class MemoryFeeds:
    def __init__(self, collections: Collections) -> None:
        self._kept = collections.of("feeds")

    async def id_of(self, person_id: str) -> str | None:
        found = self._kept.get(person_id)
        return found["feed_id"] if found else None

    async def person_of(self, feed_id: str) -> str | None:
        return next((key for key, one in self._kept.items() if one["feed_id"] == feed_id), None)

    async def put(self, person_id: str, feed_id: str) -> None:
        self._kept[person_id] = {"feed_id": feed_id}

    async def drop(self, person_id: str) -> None:
        self._kept.pop(person_id, None)
