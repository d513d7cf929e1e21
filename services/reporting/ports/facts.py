"""What other services published about programmes, schools, groups and visits, a Protocol a kind of record."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.reporting.domain.facts import Group, Meeting, Member, Programme

__all__ = ["Groups", "Meetings", "Members", "Programmes"]


class Programmes(Protocol):
    """Programmes with their forms, reports and dates."""

    async def get(self, programme_id: str) -> Programme | None:
        """Return the programme, or None before its event has come."""
        ...

    async def put(self, programme: Programme) -> None:
        """Save it in place of an older one."""
        ...


class Members(Protocol):
    """Schools in programmes."""

    async def of_enrolment(self, enrolment_id: str) -> Member | None:
        """Return the school of an enrolment."""
        ...

    async def of_school(self, programme_id: str, school_id: str) -> Member | None:
        """Return a school in a programme; one that left and came back as it is now."""
        ...

    async def of_schools(self, programme_id: str, school_ids: Sequence[str]) -> dict[str, Member]:
        """Return schools of a programme by school id."""
        ...

    async def of_programme(self, programme_id: str) -> list[Member]:
        """Return the schools of a programme that take part, by enrolment."""
        ...

    async def put(self, member: Member) -> None:
        """Save it in place of an older one."""
        ...


class Groups(Protocol):
    """Groups of cohorts."""

    async def get(self, group_id: str) -> Group | None:
        """Return a group."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[Group]:
        """Return the groups of a cohort by number."""
        ...

    async def of_schools(self, programme_id: str, school_ids: Collection[str]) -> list[Group]:
        """Return the groups that any of these schools is in, by number."""
        ...

    async def put(self, group: Group) -> None:
        """Save it in place of an older one."""
        ...


class Meetings(Protocol):
    """Visits and cohort events."""

    async def get(self, target_id: str) -> Meeting | None:
        """Return a visit or event."""
        ...

    async def of_person(self, programme_id: str, person_id: str) -> list[Meeting]:
        """Return the visits and events that somebody is invited to or was at, by date."""
        ...

    async def of_cohort(self, cohort_id: str) -> list[Meeting]:
        """Return the visits and events of a cohort by date."""
        ...

    async def at_school(self, programme_id: str, school_id: str) -> list[Meeting]:
        """Return the visits that a school hosts, by date."""
        ...

    async def held(self, programme_id: str) -> list[Meeting]:
        """Return the visits and events of a programme that took place, by date."""
        ...

    async def put(self, meeting: Meeting) -> None:
        """Save it in place of an older one."""
        ...
