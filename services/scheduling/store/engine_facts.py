"""Programmes in the language of templates, with their schools, placements and told answers, in MongoDB."""

from collections.abc import Collection, Iterable, Mapping

from services.scheduling.domain.agreed.records import Answers, EngineProgramme, HostSchool, Placement
from services.scheduling.store.documents import many, one, put
from shared.mongo import Database

__all__ = ["MongoEngineFacts"]


class MongoEngineFacts:
    """Port `EngineFacts`. A template is read once a version, not once an event."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["engine_programmes"]
        self._schools = database["engine_schools"]
        self._placements = database["placements"]
        self._answers = database["told_answers"]
        self._read: dict[str, EngineProgramme] = {}

    async def programme(self, programme_id: str) -> EngineProgramme | None:
        """A programme, or None before its event has come."""
        stands = await self._programmes.find_one({"_id": programme_id}, projection={"version": 1})
        if stands is None:
            return None
        known = self._read.get(programme_id)
        if known is None or known.version != stands["version"]:
            known = EngineProgramme.model_validate(await self._programmes.find_one({"_id": programme_id}))
            self._read[programme_id] = known
        return known

    async def put_programme(self, programme: EngineProgramme) -> None:
        """Save it in place of an older one."""
        await put(self._programmes, programme.programme_id, programme)

    async def school(self, programme_id: str, school_id: str) -> HostSchool | None:
        """A school in a programme."""
        return (await self.schools(programme_id, [school_id])).get(school_id)

    async def schools(self, programme_id: str, school_ids: Collection[str]) -> Mapping[str, HostSchool]:
        """These schools in a programme, by id."""
        where = {"programme_id": programme_id, "school_id": {"$in": sorted(school_ids)}}
        return {school.school_id: school for school in await many(self._schools, where, HostSchool)}

    async def enrolment(self, enrolment_id: str) -> HostSchool | None:
        """A school by its enrolment."""
        return await one(self._schools, enrolment_id, HostSchool)

    async def programmes_with(self, *, school_id: str = "", authority_code: str = "") -> list[str]:
        """The programmes in which that school, or a school of that authority, takes part."""
        given = {"school_id": school_id, "authority_code": authority_code}
        where = {name: value for name, value in given.items() if value}
        return sorted(
            {each["programme_id"] async for each in self._schools.find(where, projection={"programme_id": 1})}
        )

    async def all_schools(self, programme_id: str) -> list[HostSchool]:
        """All schools of a programme, by id."""
        found = await many(self._schools, {"programme_id": programme_id}, HostSchool)
        return sorted(found, key=lambda one: (one.school_id, one.enrolment_id))

    async def put_school(self, school: HostSchool) -> None:
        """Save it, unless a later version is there."""
        before = await one(self._schools, school.enrolment_id, HostSchool)
        if before is None or before.version < school.version:
            await put(self._schools, school.enrolment_id, school)

    async def placement(self, match_id: str) -> Placement | None:
        """A placement."""
        return await one(self._placements, match_id, Placement)

    async def put_placement(self, placement: Placement) -> None:
        """Save it in place of an older one."""
        await put(self._placements, placement.match_id, placement)

    async def answers(self, entry_ids: Iterable[str]) -> list[Answers]:
        """The told answers of those of these entries that are known."""
        return await many(self._answers, {"_id": {"$in": sorted(entry_ids)}}, Answers)

    async def put_answers(self, answers: Answers) -> None:
        """Save them, unless a later version is there."""
        before = await one(self._answers, answers.entry_id, Answers)
        if before is None or before.version < answers.version:
            await put(self._answers, answers.entry_id, answers)

    async def placed_by(self, entry_id: str) -> list[Placement]:
        """The placements that an entry named somebody or something for."""
        either = [{"person_entry_id": entry_id}, {"thing_entry_id": entry_id}]
        return await many(self._placements, {"$or": either}, Placement)
