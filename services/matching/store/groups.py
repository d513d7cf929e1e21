"""Groups in MongoDB: a draft's groups are replaced whole, published ones remember who was in them."""

from collections.abc import Collection, Sequence
from typing import Any

from services.matching.domain.records import GroupRecord
from shared.mongo import ASCENDING, DESCENDING, Database

__all__ = ["MongoGroups"]

BY_NUMBER = [("cohort_id", ASCENDING), ("number", ASCENDING)]
CHANGING = {"state": "published", "proposed": {"$ne": None}}
PEOPLED = {"$or": [{"proposed.school_ids.0": {"$exists": True}}, {"proposed": None, "school_ids.0": {"$exists": True}}]}
NEAR, FAR = 5_000.0, 2_000_000.0
"""Half the side, in metres, of the square in which near groups are looked for: at first, and at most."""
ASK_BY_SCHOOL = 2000
"""Groups of up to so many schools are found through the index; for more, all published groups are read."""


class MongoGroups:
    """Ports `Groups`, `GroupChanges` and `UntoldGroups`."""

    def __init__(self, database: Database) -> None:
        self._groups = database["groups"]

    async def group(self, group_id: str) -> GroupRecord | None:
        """A group."""
        found = await self._groups.find_one({"_id": group_id})
        return GroupRecord.model_validate(found) if found else None

    async def groups(self, cohort_id: str, limit: int = 0, offset: int = 0) -> list[GroupRecord]:
        """The groups of a cohort by number; those without schools are left out."""
        found = self._groups.find({"cohort_id": cohort_id, **PEOPLED}, sort=BY_NUMBER, limit=limit, skip=offset)
        return [GroupRecord.model_validate(document) async for document in found]

    async def groups_near(self, cohort_id: str, place: tuple[float, float], wanted: int) -> list[GroupRecord]:
        """At least so many groups around a place (all, where there are fewer), the nearest first."""
        (east, north), half, found = place, NEAR, list[GroupRecord]()
        while len(found) < wanted and half <= FAR:
            box = {
                "middle.0": {"$gte": east - half, "$lte": east + half},
                "middle.1": {"$gte": north - half, "$lte": north + half},
            }
            cursor = self._groups.find({"cohort_id": cohort_id, **box, **PEOPLED})
            found = [GroupRecord.model_validate(document) async for document in cursor]
            half *= 2
        return sorted(found, key=lambda one: (_square(one.where, place), one.group_id))

    async def last_number(self, cohort_id: str) -> int:
        """The highest number that a group of the cohort has; 0 without groups."""
        order = [("cohort_id", DESCENDING), ("number", DESCENDING)]
        cursor = self._groups.find({"cohort_id": cohort_id}, sort=order, limit=1)
        return max([GroupRecord.model_validate(document).number async for document in cursor], default=0)

    async def group_of(self, cohort_id: str, school_id: str) -> GroupRecord | None:
        """The group a school is in, as the draft or, without one, the published cohort has it."""
        drafted = {"proposed.school_ids": school_id}
        either = [drafted, {"proposed": None, "school_ids": school_id}]
        found = await self._groups.find_one({"cohort_id": cohort_id, "$or": either})
        return GroupRecord.model_validate(found) if found else None

    async def grouped_before(self, programme_id: str, schools: Collection[str]) -> dict[str, set[str]]:
        """For each school those it was grouped with in other programmes."""
        where: dict[str, Any] = {"programme_id": {"$ne": programme_id}, "state": "published"}
        if len(schools) <= ASK_BY_SCHOOL:
            where["ever"] = {"$in": sorted(schools)}
        before: dict[str, set[str]] = {}
        async for document in self._groups.find(where, projection={"ever": 1}):
            members = set(document["ever"])
            for school in members.intersection(schools):
                before.setdefault(school, set()).update(members - {school})
        return before

    async def published(self, cohort_id: str) -> list[GroupRecord]:
        """The published groups with schools, by number, as they are: without what a draft proposes."""
        where = {"cohort_id": cohort_id, "state": "published", "school_ids.0": {"$exists": True}}
        found = self._groups.find(where, sort=BY_NUMBER)
        return [GroupRecord.model_validate({**document, "proposed": None}) async for document in found]

    async def published_group_of(self, cohort_id: str, school_id: str) -> GroupRecord | None:
        """The published group a school is in, as it is."""
        found = await self._groups.find_one({"cohort_id": cohort_id, "school_ids": school_id, "state": "published"})
        return GroupRecord.model_validate({**found, "proposed": None}) if found else None

    async def changing(self, cohort_id: str) -> list[GroupRecord]:
        """Published groups for which the draft proposes something, by number."""
        found = self._groups.find({"cohort_id": cohort_id, **CHANGING}, sort=BY_NUMBER)
        return [GroupRecord.model_validate(document) async for document in found]

    async def drafted(self, cohort_id: str) -> int:
        """How many groups of the draft are new."""
        return await self._groups.count({"cohort_id": cohort_id, "state": "draft"})

    async def replace_drafts(self, cohort_id: str, groups: Sequence[GroupRecord]) -> None:
        """Put these in place of the cohort's draft groups; no published group is to change any more."""
        await self._groups.delete_many({"cohort_id": cohort_id, "state": "draft"})
        await self._groups.update_many({"cohort_id": cohort_id, **CHANGING}, {"$set": {"proposed": None}})
        await self._groups.insert_many([_document(group) for group in groups])

    async def put_group(self, group: GroupRecord) -> None:
        """Save a group."""
        await self._groups.put(_document(group))

    async def publish_groups(self, cohort_id: str) -> None:
        """Make drafted groups published ones and mark those that are to change; their events are still to come."""
        await self._groups.update_many({"cohort_id": cohort_id, **CHANGING}, {"$set": {"told": False}})
        change = {"$set": {"state": "published", "told": False, "version": 1}}
        await self._groups.update_many({"cohort_id": cohort_id, "state": "draft"}, change)

    async def telling(self, cohort_id: str) -> bool:
        """Whether events of groups of the cohort are still to be published."""
        waiting = {"cohort_id": cohort_id, "state": "published", "told": False}
        return await self._groups.find_one(waiting, projection={"_id": 1}) is not None

    async def untold(self, limit: int) -> list[GroupRecord]:
        """Groups whose events are still to be published, by cohort and number; marks them `told`."""
        waiting = self._groups.find({"state": "published", "told": False}, sort=BY_NUMBER, limit=limit)
        found = [GroupRecord.model_validate(document) async for document in waiting]
        ids = [group.group_id for group in found]
        if ids:
            await self._groups.update_many({"_id": {"$in": ids}, "told": False}, {"$set": {"told": True}})
        return found


def _square(place: tuple[float, float], other: tuple[float, float]) -> float:
    return (place[0] - other[0]) ** 2 + (place[1] - other[1]) ** 2


def _document(group: GroupRecord) -> dict[str, Any]:
    return {"_id": group.group_id, **group.model_dump(mode="json")}
