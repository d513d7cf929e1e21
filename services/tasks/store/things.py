"""Things that tasks are about, as documents. `schools` names every school that a thing concerns."""

from collections.abc import Collection, Mapping, Sequence

from services.tasks.domain.records import Thing
from shared.mongo import ASCENDING, Database

__all__ = ["MongoThings"]

_BY_KEY = [("_id", ASCENDING)]


class MongoThings:
    """The ports `Things` and `ThingsAround` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._things = database["things"]

    async def get(self, thing_id: str) -> Thing | None:
        """Return a thing."""
        return (await self.of([thing_id])).get(thing_id)

    async def of(self, thing_ids: Collection[str]) -> Mapping[str, Thing]:
        """Return these things by their keys; what is not known is left out."""
        found = self._things.find({"_id": {"$in": sorted(thing_ids)}}, sort=_BY_KEY)
        return {one["_id"]: Thing.model_validate(one) async for one in found}

    async def put(self, thing: Thing) -> None:
        """Save it in place of an older one."""
        fields = {**thing.model_dump(mode="json"), "schools": sorted(thing.schools)}
        await self._things.update_one({"_id": thing.thing_id}, {"$set": fields}, upsert=True)

    async def claim(self, thing_ids: Collection[str]) -> None:
        """Keep every other transaction from deciding about these things until this one ends."""
        await self._things.update_many({"_id": {"$in": sorted(thing_ids)}}, {"$inc": {"claims": 1}})

    async def of_schools(self, programme_id: str, school_ids: Collection[str]) -> list[str]:
        """Return the keys of all things that concern one of these schools, in order."""
        where = {"programme_id": programme_id, "schools": {"$in": sorted(school_ids)}}
        found = self._things.find(where, sort=_BY_KEY, projection={"_id": 1})
        return [one["_id"] async for one in found]

    async def of_school_everywhere(self, school_id: str) -> list[Thing]:
        """Return the school in each programme in which it takes part, in order of their keys."""
        found = self._things.find({"kind": "school", "about_id": school_id}, sort=_BY_KEY)
        return [Thing.model_validate(one) async for one in found]

    async def after(self, programme_id: str, thing_id: str, limit: int) -> Sequence[str]:
        """Return the next keys of a programme's things after that one, in order."""
        where = {"programme_id": programme_id, "_id": {"$gt": thing_id}}
        found = self._things.find(where, sort=_BY_KEY, limit=limit, projection={"_id": 1})
        return [one["_id"] async for one in found]
