"""What the coordinator has entered for cohort events, in MongoDB."""

from services.scheduling.domain.visits.event_programme import EventDetails
from shared.mongo import ASCENDING, Database

__all__ = ["MongoDetails"]


class MongoDetails:
    """Port `Details`."""

    def __init__(self, database: Database) -> None:
        self._details = database["event_details"]

    async def details(self, details_id: str) -> EventDetails | None:
        """What was entered for an event."""
        found = await self._details.find_one({"_id": details_id})
        return EventDetails.model_validate(found) if found else None

    async def of_cohort(self, cohort_id: str) -> list[EventDetails]:
        """What was entered for the events of a cohort, by activity."""
        found = self._details.find({"cohort_id": cohort_id}, sort=[("activity", ASCENDING)])
        return [EventDetails.model_validate(document) async for document in found]

    async def put(self, details: EventDetails) -> None:
        """Save it."""
        document = {"_id": details.details_id, **details.model_dump(mode="json")}
        await self._details.put(document)
