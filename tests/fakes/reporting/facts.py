"""What other services published, in memory."""

from collections.abc import Collection, Sequence

from services.reporting.domain.facts import Group, Meeting, Member, Programme
from shared.events.scheduling_parts import Attendee


class MemoryProgrammes:
    def __init__(self) -> None:
        self.rows: dict[str, Programme] = {}

    async def get(self, programme_id: str) -> Programme | None:
        return self.rows.get(programme_id)

    async def put(self, programme: Programme) -> None:
        self.rows[programme.programme_id] = programme


class MemoryMembers:
    def __init__(self) -> None:
        self.rows: dict[str, Member] = {}

    async def of_enrolment(self, enrolment_id: str) -> Member | None:
        return self.rows.get(enrolment_id)

    async def of_school(self, programme_id: str, school_id: str) -> Member | None:
        return (await self.of_schools(programme_id, [school_id])).get(school_id)

    async def of_schools(self, programme_id: str, school_ids: Sequence[str]) -> dict[str, Member]:
        found = [m for m in self.rows.values() if m.programme_id == programme_id and m.school_id in school_ids]
        return {m.school_id: m for m in sorted(found, key=lambda m: (not m.withdrawn, m.enrolment_id))}

    async def of_programme(self, programme_id: str) -> list[Member]:
        found = [m for m in self.rows.values() if m.programme_id == programme_id and not m.withdrawn]
        return sorted(found, key=lambda m: m.enrolment_id)

    async def put(self, member: Member) -> None:
        self.rows[member.enrolment_id] = member


class MemoryGroups:
    def __init__(self) -> None:
        self.rows: dict[str, Group] = {}

    async def get(self, group_id: str) -> Group | None:
        return self.rows.get(group_id)

    async def of_cohort(self, cohort_id: str) -> list[Group]:
        found = [group for group in self.rows.values() if group.cohort_id == cohort_id]
        return sorted(found, key=lambda group: (group.number, group.group_id))

    async def of_schools(self, programme_id: str, school_ids: Collection[str]) -> list[Group]:
        theirs = [one for one in self.rows.values() if one.programme_id == programme_id]
        found = [one for one in theirs if set(one.school_ids) & set(school_ids)]
        return sorted(found, key=lambda group: (group.number, group.group_id))

    async def put(self, group: Group) -> None:
        self.rows[group.group_id] = group


def _everybody(meeting: Meeting) -> tuple[Attendee, ...]:
    return (*meeting.invited, *meeting.present)


class MemoryMeetings:
    def __init__(self) -> None:
        self.rows: dict[str, Meeting] = {}

    async def get(self, target_id: str) -> Meeting | None:
        return self.rows.get(target_id)

    async def of_person(self, programme_id: str, person_id: str) -> list[Meeting]:
        here = [meeting for meeting in self.rows.values() if meeting.programme_id == programme_id]
        found = [one for one in here if person_id in {*one.caught_up, *(who.person_id for who in _everybody(one))}]
        return sorted(found, key=lambda meeting: (meeting.on, meeting.target_id))

    async def of_cohort(self, cohort_id: str) -> list[Meeting]:
        found = [meeting for meeting in self.rows.values() if meeting.cohort_id == cohort_id]
        return sorted(found, key=lambda meeting: (meeting.on, meeting.target_id))

    async def at_school(self, programme_id: str, school_id: str) -> list[Meeting]:
        here = [one for one in self.rows.values() if one.programme_id == programme_id]
        found = [one for one in here if one.host_school_id == school_id]
        return sorted(found, key=lambda meeting: (meeting.on, meeting.target_id))

    async def held(self, programme_id: str) -> list[Meeting]:
        found = [one for one in self.rows.values() if one.programme_id == programme_id and one.held]
        return sorted(found, key=lambda meeting: (meeting.on, meeting.target_id))

    async def put(self, meeting: Meeting) -> None:
        self.rows[meeting.target_id] = meeting
