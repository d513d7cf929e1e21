"""What other services published, as documents."""

from collections.abc import Collection, Sequence

from services.reporting.domain.facts import Group, Meeting, Member, Programme
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, Database, Filter


class MongoProgrammes:
    """The port `Programmes` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._programmes = Records(database["programmes"], Programme, "programme_id")

    async def get(self, programme_id: str) -> Programme | None:
        """Return the programme, or None before its event has come."""
        return await self._programmes.get(programme_id)

    async def put(self, programme: Programme) -> None:
        """Save it in place of an older one."""
        await self._programmes.put(programme)


class MongoMembers:
    """The port `Members` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._members = Records(database["members"], Member, "enrolment_id")

    async def of_enrolment(self, enrolment_id: str) -> Member | None:
        """Return the school of an enrolment."""
        return await self._members.get(enrolment_id)

    async def of_school(self, programme_id: str, school_id: str) -> Member | None:
        """Return a school in a programme; one that left and came back as it is now."""
        found = await self.of_schools(programme_id, [school_id])
        return found.get(school_id)

    async def of_schools(self, programme_id: str, school_ids: Sequence[str]) -> dict[str, Member]:
        """Return schools of a programme by school id."""
        where = {"programme_id": programme_id, "school_id": {"$in": list(school_ids)}}
        found = await self._members.all(where, [("withdrawn", -1), ("_id", ASCENDING)])
        return {member.school_id: member for member in found}

    async def of_programme(self, programme_id: str) -> list[Member]:
        """Return the schools of a programme that take part, by enrolment."""
        return await self._members.all({"programme_id": programme_id, "withdrawn": False}, [("_id", ASCENDING)])

    async def put(self, member: Member) -> None:
        """Save it in place of an older one."""
        await self._members.put(member)


class MongoGroups:
    """The port `Groups` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._groups = Records(database["groups"], Group, "group_id")

    async def get(self, group_id: str) -> Group | None:
        """Return a group."""
        return await self._groups.get(group_id)

    async def of_cohort(self, cohort_id: str) -> list[Group]:
        """Return the groups of a cohort by number."""
        return await self._groups.all({"cohort_id": cohort_id}, [("number", ASCENDING), ("_id", ASCENDING)])

    async def of_schools(self, programme_id: str, school_ids: Collection[str]) -> list[Group]:
        """Return the groups that any of these schools is in, by number."""
        there: Filter = {"programme_id": programme_id, "school_ids": {"$in": sorted(school_ids)}}
        return await self._groups.all(there, [("number", ASCENDING), ("_id", ASCENDING)])

    async def put(self, group: Group) -> None:
        """Save it in place of an older one."""
        await self._groups.put(group)


class MongoMeetings:
    """The port `Meetings` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._meetings = Records(database["meetings"], Meeting, "target_id")

    async def get(self, target_id: str) -> Meeting | None:
        """Return a visit or event."""
        return await self._meetings.get(target_id)

    async def of_person(self, programme_id: str, person_id: str) -> list[Meeting]:
        """Return the visits and events that somebody is invited to or was at, by date."""
        theirs = [{f"{part}.person_id": person_id} for part in ("invited", "present")]
        where = {"programme_id": programme_id, "$or": [*theirs, {"caught_up": person_id}]}
        return await self._meetings.all(where, [("on", ASCENDING), ("_id", ASCENDING)])

    async def of_cohort(self, cohort_id: str) -> list[Meeting]:
        """Return the visits and events of a cohort by date."""
        return await self._meetings.all({"cohort_id": cohort_id}, [("on", ASCENDING), ("_id", ASCENDING)])

    async def at_school(self, programme_id: str, school_id: str) -> list[Meeting]:
        """Return the visits that a school hosts, by date."""
        where = {"programme_id": programme_id, "host_school_id": school_id}
        return await self._meetings.all(where, [("on", ASCENDING), ("_id", ASCENDING)])

    async def held(self, programme_id: str) -> list[Meeting]:
        """Return the visits and events of a programme that took place, by date."""
        where = {"programme_id": programme_id, "held": True}
        return await self._meetings.all(where, [("on", ASCENDING), ("_id", ASCENDING)])

    async def put(self, meeting: Meeting) -> None:
        """Save it in place of an older one."""
        await self._meetings.put(meeting)
