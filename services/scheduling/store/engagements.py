"""The days that published visits and events take from people, in MongoDB."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.store.documents import BOOKING, booked_days
from services.scheduling.store.turns import take_turns
from shared.mongo import Database

__all__ = ["MongoEngagements"]


class MongoEngagements:
    """Port `Engagements`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visits = database["visits"]
        self._events = database["cohort_events"]

    async def elsewhere(
        self, people: Iterable[str], cohort_id: str, *, duties: bool = True
    ) -> dict[str, list[dt.date]]:
        """The days on which these people have published visits or events of other cohorts."""
        wanted, found = set(people), defaultdict[str, list[dt.date]](list)
        where = {"people": {"$in": list(wanted)}, "cohort_id": {"$ne": cohort_id}, "state": {"$in": list(BOOKING)}}
        where |= {} if duties else {"duty": {"$in": [None, ""]}}
        for collection in (self._visits, self._events):
            async for document in collection.find(where, projection={"people": 1, "on": 1}):
                for person in wanted.intersection(document["people"]):
                    found[person].append(dt.date.fromisoformat(document["on"]))
        return dict(found)

    async def booked(self, visits: Iterable[VisitRecord]) -> set[str]:
        """The ids of those of these visits a day of which is booked by another."""
        wanted = {key: record.visit.visit_id for record in visits for key in booked_days(record)}
        found = self._visits.find({"booked": {"$in": list(wanted)}}, projection={"booked": 1})
        return {
            wanted[key] async for each in found for key in each["booked"] if wanted.get(key, each["_id"]) != each["_id"]
        }

    async def taken(self, record: VisitRecord, moving: Iterable[str] = ()) -> set[str]:
        """Those invited to this visit, and its host, whose day a visit has booked that is none of those `moving`."""
        wanted = {f"{one}|{record.visit.on}": one for one in (record.visit.host_school_id, *record.invited)}
        where = {"booked": {"$in": list(wanted)}, "_id": {"$nin": [record.visit.visit_id, *moving]}}
        found = self._visits.find(where, projection={"booked": 1})
        return {wanted[key] async for each in found for key in each["booked"] if key in wanted}

    async def take_days(self, visits: Iterable[VisitRecord], events: Iterable[EventRecord] = ()) -> None:
        """Take the turns of everybody's days, so that nobody gives out the same day at the same time."""
        taken = {(person, each.visit.on) for each in visits for person in each.invited}
        taken |= {(person, each.event.on) for each in events for person in each.invited}
        await take_turns(self._database, taken)
