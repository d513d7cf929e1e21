"""Enrolments, one a programme and school, by who uses them: commands, closing and imports, queries."""

from collections.abc import Collection, Iterable
from typing import Protocol

from services.programmes.domain.records import EnrolmentRecord

__all__ = ["Enrolled", "EnrolmentSearch", "Enrolments"]


class Enrolments(Protocol):
    """A school's enrolment, read and saved."""

    async def of_school(self, programme_id: str, school_id: str) -> EnrolmentRecord | None:
        """A school's enrolment, also a withdrawn one."""
        ...

    async def holding(self, person_ids: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments that stand in which one of these people holds a role, by URN."""
        ...

    async def put(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...


class Enrolled(Protocol):
    """Everybody who is enrolled: what closing and imports of the register need."""

    async def enrolled_ids(self, programme_id: str) -> list[str]:
        """The ids of all enrolments that are not withdrawn, in order."""
        ...

    async def enrolled(self, programme_id: str) -> list[EnrolmentRecord]:
        """All enrolments of a programme that are not withdrawn, by URN."""
        ...

    async def enrolled_schools(self, programme_id: str) -> dict[str, int]:
        """The schools of all enrolments of a programme that are not withdrawn, by id, with their URN."""
        ...

    async def enrolled_urns(self, programme_id: str) -> list[int]:
        """The URNs of all enrolments of a programme that are not withdrawn, in order."""
        ...

    async def of_schools(self, school_ids: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments of these schools that are not withdrawn, in any programme, by URN."""
        ...

    async def put(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...

    async def pinned(self) -> dict[int, str]:
        """The school ids that events have published, by URN. These never change."""
        ...


class EnrolmentSearch(Protocol):
    """What queries ask."""

    async def page(
        self, programme_id: str, urns: Collection[int] | None, limit: int, offset: int
    ) -> tuple[int, list[EnrolmentRecord]]:
        """How many there are, of these URNs or of all, and a page of them by URN."""
        ...

    async def urns(self, programme_id: str) -> list[int]:
        """The URNs of all enrolments of a programme, also of withdrawn ones, in order."""
        ...

    async def holding(self, person_ids: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments that stand in which one of these people holds a role, by URN."""
        ...

    async def counts(self, programme_id: str) -> tuple[int, int]:
        """How many are enrolled, how many withdrawn."""
        ...
