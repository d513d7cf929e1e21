"""Programmes, enrolments and facilitators in memory."""

from collections.abc import Iterable

from services.scheduling.domain.visits.records import EnrolmentRecord, FacilitatorRecord, ProgrammeRecord
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import by_key


class MemoryProgrammes:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["programmes"]

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        return self._kept.get(programme_id)

    async def put(self, programme: ProgrammeRecord) -> None:
        self._kept[programme.programme_id] = programme


class MemoryEnrolments:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["enrolments"]

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        return self._kept.get(enrolment_id)

    async def of_programme(self, programme_id: str, schools: Iterable[str] | None = None) -> list[EnrolmentRecord]:
        wanted = None if schools is None else set(schools)
        of_it = (each for each in by_key(self._kept) if each.programme_id == programme_id)
        return [each for each in of_it if wanted is None or each.school_id in wanted]

    async def naming(self, people: Iterable[str] = (), schools: Iterable[str] = ()) -> list[EnrolmentRecord]:
        persons, wanted = set(people), set(schools)
        return [
            each
            for each in by_key(self._kept)
            if each.school_id in wanted or persons & {one.person_id for one in each.people}
        ]

    async def of_authority(self, authority_code: str) -> list[str]:
        theirs = (each for each in self._kept.values() if each.authority_code == authority_code and not each.withdrawn)
        return sorted({each.school_id for each in theirs})

    async def put(self, enrolment: EnrolmentRecord) -> None:
        self._kept[enrolment.enrolment_id] = enrolment

    async def forget(self, person_id: str) -> None:
        for each in await self.naming(people=[person_id]):
            people = tuple(
                one.model_copy(update={"dates_not_possible": ()}) if one.person_id == person_id else one
                for one in each.people
            )
            await self.put(each.model_copy(update={"people": people}))


class MemoryFacilitators:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["facilitators"]

    async def of_programme(self, programme_id: str, people: Iterable[str] | None = None) -> list[FacilitatorRecord]:
        wanted = None if people is None else set(people)
        of_it = (each for each in by_key(self._kept) if each.programme_id == programme_id)
        return [each for each in of_it if wanted is None or each.person_id in wanted]

    async def serving(self, programme_id: str, region: str) -> list[FacilitatorRecord]:
        of_it = await self.of_programme(programme_id)
        return [each for each in of_it if not region or not each.regions or region in each.regions]

    async def appointments(self, people: Iterable[str]) -> list[FacilitatorRecord]:
        wanted = set(people)
        return [each for each in by_key(self._kept) if each.person_id in wanted]

    async def put(self, facilitator: FacilitatorRecord) -> None:
        before = self._kept.get(facilitator.appointment_id)
        if before is None or before.version < facilitator.version:
            self._kept[facilitator.appointment_id] = facilitator

    async def forget(self, person_id: str) -> None:
        for each in await self.appointments([person_id]):
            self._kept[each.appointment_id] = each.model_copy(update={"dates_not_possible": ()})
