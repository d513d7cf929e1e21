"""Programmes and enrolments in memory."""

from collections.abc import Iterable

from services.notifications.domain.directory import Member, Programme, ProgrammeRole, School
from shared.events.people import Role


class MemoryProgrammes:
    def __init__(self) -> None:
        self.programmes: dict[str, Programme] = {}
        self.enrolments: dict[str, School] = {}
        self.leads: set[tuple[str, str]] = set()

    async def put_programme(self, programme: Programme) -> None:
        there = self.programmes.get(programme.programme_id)
        if there is None or there.version <= programme.version:
            self.programmes[programme.programme_id] = programme

    async def find(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        return {one: self.programmes[one] for one in programme_ids if one in self.programmes}

    async def latest(self) -> list[Programme]:
        last = max((one.year for one in self.programmes.values()), default=0)
        return [one for one in self.programmes.values() if one.year == last]

    async def put_school(self, school: School) -> None:
        there = self.enrolments.get(school.enrolment_id)
        if there is None or there.version < school.version:
            self.enrolments[school.enrolment_id] = school

    async def withdraw(self, enrolment_id: str, version: int) -> None:
        self._change(enrolment_id, version, withdrawn=True)

    async def replace_person(self, enrolment_id: str, version: int, role: Role, replaced_by: str) -> None:
        there = self.enrolments.get(enrolment_id)
        others = [one for one in there.people if one.role != role] if there else []
        self._change(enrolment_id, version, people=(*others, Member(person_id=replaced_by, role=role)))

    def _change(self, enrolment_id: str, version: int, **changes: object) -> None:
        there = self.enrolments.get(enrolment_id)
        if there is not None and there.version < version:
            self.enrolments[enrolment_id] = there.model_copy(update={**changes, "version": version})

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        wanted = None if school_ids is None else set(school_ids)
        return [
            one
            for one in self.enrolments.values()
            if one.programme_id == programme_id and (wanted is None or one.school_id in wanted)
        ]

    async def put_facilitator(self, programme_id: str, person_id: str) -> None:
        self.leads.add((programme_id, person_id))

    async def facilitators(self, programme_id: str) -> list[str]:
        return [person_id for one, person_id in sorted(self.leads) if one == programme_id]

    async def roles(self, person_ids: Iterable[str]) -> list[ProgrammeRole]:
        at_schools = [
            ProgrammeRole(
                programme_id=one.programme_id, person_id=each.person_id, role=each.role, school_id=one.school_id
            )
            for one in self.enrolments.values()
            if not one.withdrawn
            for each in one.people
        ]
        leads = [
            ProgrammeRole(programme_id=one, person_id=each, role="facilitator") for one, each in sorted(self.leads)
        ]
        runs = [
            ProgrammeRole(programme_id=one.programme_id, person_id=one.coordinator_id, role="coordinator")
            for one in self.programmes.values()
        ]
        wanted = set(person_ids)
        return [role for role in (*at_schools, *leads, *runs) if role.person_id in wanted]
