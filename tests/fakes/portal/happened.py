"""What has happened, in memory."""

from services.portal.domain.happened import Counts, together
from tests.fakes.portal.models import Collections


class MemoryHappened:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def since(self, when):
        found = [one for one in self._collections.all("happened") if one["at"] > when]
        return together(sorted(found, key=lambda one: one["at"], reverse=True))

    async def counts(self, programme_ids):
        return {one: self._counted(one) for one in programme_ids}

    def _counted(self, programme_id):
        def of(name):
            return [one for one in self._collections.all(name) if one.get("programme_id") == programme_id]

        states = [one["state"] for one in of("dated")]
        return Counts(
            dated=sum(state in {"published", "held"} for state in states),
            answered=len(of("answers")),
            held=states.count("held"),
            written=sum(one["state"] != "withdrawn" for one in of("entries")),
            reports=len(of("reports")),
        )

    async def seen(self, person_id):
        found = self._collections.one("seen", person_id)
        return found["at"] if found else None

    async def see(self, person_id, at):
        self._collections.of("seen")[person_id] = {"at": at}
