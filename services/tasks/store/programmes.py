"""Programmes and the moments of their clocks, as documents."""

import datetime as dt
from collections.abc import Mapping

from services.tasks.domain.records import Moment, Programme
from shared.mongo import Database

__all__ = ["MongoMoments", "MongoProgrammes"]


class MongoProgrammes:
    """The port `Programmes` on MongoDB. A template is read once a version, not once an event."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["programmes"]
        self._read: dict[str, Programme] = {}

    async def get(self, programme_id: str) -> Programme | None:
        """Return the programme, or None before its event has come."""
        stands = await self._programmes.find_one({"_id": programme_id}, projection={"version": 1})
        if stands is None:
            return None
        known = self._read.get(programme_id)
        if known is None or known.version != stands["version"]:
            known = Programme.model_validate(await self._programmes.find_one({"_id": programme_id}))
            self._read[programme_id] = known
        return known

    async def put(self, programme: Programme) -> None:
        """Save it in place of an older one."""
        document = {"_id": programme.programme_id, **programme.model_dump(mode="json")}
        await self._programmes.put(document)


class MongoMoments:
    """The port `Moments` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._moments = database["moments"]

    async def of(self, programme_id: str) -> Mapping[tuple[str, str], dt.date]:
        """Return the day of each (anchor, state) that has come in the programme."""
        found = [Moment.model_validate(one) async for one in self._moments.find({"programme_id": programme_id})]
        return {(one.anchor, one.state): one.on for one in found}

    async def put(self, moment: Moment) -> None:
        """Save it in place of an earlier one of the same anchor and state."""
        key = f"{moment.programme_id}|{moment.anchor}|{moment.state}"
        await self._moments.put({"_id": key, **moment.model_dump(mode="json")})
