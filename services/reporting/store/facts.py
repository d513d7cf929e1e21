"""What others told, as documents."""

from collections.abc import Sequence

from services.reporting.domain.facts import Group, Meeting, Member, Programme
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, Database


class MongoFacts:
    """The port `Facts` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._programmes = Records(database["programmes"], Programme, "programme_id")
        self._members = Records(database["members"], Member, "enrolment_id")
        self._groups = Records(database["groups"], Group, "group_id")
        self._meetings = Records(database["meetings"], Meeting, "target_id")

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._members.collection.create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
        await self._groups.collection.create_index("cohort_id")
        await self._meetings.collection.create_index([("cohort_id", ASCENDING), ("on", ASCENDING)])

    async def programme(self, programme_id: str) -> Programme | None:
        """The programme, once told."""
        return await self._programmes.get(programme_id)

    async def put_programme(self, programme: Programme) -> None:
        """Keep it, in place of an older one."""
        await self._programmes.put(programme)

    async def enrolled(self, enrolment_id: str) -> Member | None:
        """The school of an enrolment."""
        return await self._members.get(enrolment_id)

    async def member(self, programme_id: str, school_id: str) -> Member | None:
        """A school in a programme; one that left and came back counts as it is now."""
        found = await self.members(programme_id, [school_id])
        return found.get(school_id)

    async def members(self, programme_id: str, school_ids: Sequence[str]) -> dict[str, Member]:
        """Schools of a programme by school id."""
        where = {"programme_id": programme_id, "school_id": {"$in": list(school_ids)}}
        found = await self._members.all(where, [("withdrawn", -1), ("_id", ASCENDING)])
        return {member.school_id: member for member in found}

    async def put_member(self, member: Member) -> None:
        """Keep it."""
        await self._members.put(member)

    async def group(self, group_id: str) -> Group | None:
        """A group."""
        return await self._groups.get(group_id)

    async def groups(self, cohort_id: str) -> list[Group]:
        """The groups of a cohort by number."""
        return await self._groups.all({"cohort_id": cohort_id}, [("number", ASCENDING), ("_id", ASCENDING)])

    async def put_group(self, group: Group) -> None:
        """Keep it."""
        await self._groups.put(group)

    async def meeting(self, target_id: str) -> Meeting | None:
        """A visit or event."""
        return await self._meetings.get(target_id)

    async def meetings(self, cohort_id: str) -> list[Meeting]:
        """The visits and events of a cohort by date."""
        return await self._meetings.all({"cohort_id": cohort_id}, [("on", ASCENDING), ("_id", ASCENDING)])

    async def put_meeting(self, meeting: Meeting) -> None:
        """Keep it."""
        await self._meetings.put(meeting)

    async def forget(self, person_id: str) -> None:
        """Drop whoever this was from meetings and pairs."""
        meetings = self._meetings.collection
        for field in ("invited", "present"):
            gone = {"$pull": {field: {"person_id": person_id}}}
            await meetings.update_many({f"{field}.person_id": person_id}, gone)
        await meetings.update_many({"facilitator_id": person_id}, {"$set": {"facilitator_id": None}})
        for role in (
            "headteacher",
            "senior-leader",
            "cpd-lead",
            "practitioner",
            "governor",
            "chair-of-governors",
            "clerk",
        ):
            await self._members.collection.update_many(
                {f"people.{role}": person_id}, {"$unset": {f"people.{role}": ""}}
            )
