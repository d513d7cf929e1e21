"""Who takes part in a programme, as programmes has published it."""

from collections.abc import Collection
from typing import Protocol

from services.matching.domain.records import EnrolmentRecord

__all__ = ["Enrolments"]


class Enrolments(Protocol):
    """Enrolments, withdrawn ones too."""

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        ...

    async def put_enrolment(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...

    async def enrolments(self, programme_id: str, schools: Collection[str] | None = None) -> list[EnrolmentRecord]:
        """All enrolments of a programme, or those of some schools; by school id."""
        ...

    async def of_school(self, school_id: str) -> list[EnrolmentRecord]:
        """A school's enrolments in all programmes, by programme."""
        ...

    async def of_people(self, programme_id: str, people: Collection[str]) -> list[EnrolmentRecord]:
        """The enrolments in force of a programme in which one of these people has a role, in no order."""
        ...

    async def by_urn(self, programme_id: str, urns: Collection[int]) -> list[EnrolmentRecord]:
        """The enrolments in force of these schools, in no order."""
        ...

    async def known(self, programme_id: str, enrolment_ids: Collection[str]) -> int:
        """How many of these enrolments (of all, when none is named) have arrived, withdrawn ones counted."""
        ...

    async def in_force(self, programme_id: str) -> int:
        """How many schools take part: enrolments that are not withdrawn."""
        ...
