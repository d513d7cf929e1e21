"""Programmes with their schools and people: written by the projection, read to find out whom to write to."""

from collections.abc import Iterable
from typing import Protocol

from services.notifications.domain.directory import Programme, ProgrammeRole, School
from shared.events.people import Role


class Programmes(Protocol):
    """What is known of programmes and enrolments."""

    async def find(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        """Return programmes by id."""
        ...

    async def latest(self) -> list[Programme]:
        """Return the programmes of the last school year that there are any of."""
        ...

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all of them or those named; withdrawn ones too."""
        ...

    async def facilitators(self, programme_id: str) -> list[str]:
        """Return who leads visit days in a programme."""
        ...

    async def roles(self, person_ids: Iterable[str]) -> list[ProgrammeRole]:
        """Return the roles that these people have in programmes, as people of schools, facilitators, coordinators."""
        ...


class Enrolments(Protocol):
    """What the projection writes of programmes and enrolments. An older version changes nothing."""

    async def put_programme(self, programme: Programme) -> None:
        """Keep a programme unless a newer version is there."""
        ...

    async def put_school(self, school: School) -> None:
        """Keep a school of a programme unless the same version or a newer one is there."""
        ...

    async def withdraw(self, enrolment_id: str, version: int) -> None:
        """Note that a school has left a programme; an enrolment that is not known stays so."""
        ...

    async def replace_person(self, enrolment_id: str, version: int, role: Role, replaced_by: str) -> None:
        """Note that somebody else holds a role of an enrolment; an enrolment that is not known stays so."""
        ...

    async def put_facilitator(self, programme_id: str, person_id: str) -> None:
        """Note that somebody leads visit days in a programme."""
        ...
