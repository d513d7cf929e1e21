"""Programmes, their schools and groups."""

from collections.abc import Iterable
from typing import Protocol

from services.portal.domain.records import Group, Programme, School
from services.portal.domain.whole import WholeProgramme

__all__ = ["Groups", "Programmes", "Schools", "WholeProgrammes"]


class Programmes(Protocol):
    """Programmes with their templates."""

    async def get(self, programme_id: str) -> Programme | None:
        """Return a programme."""
        ...


class WholeProgrammes(Protocol):
    """Programmes whose template says everything."""

    async def get(self, programme_id: str) -> WholeProgramme | None:
        """Return such a programme."""
        ...


class Schools(Protocol):
    """Schools in programmes, with their people."""

    async def of_programme(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all or those named, by name."""
        ...

    async def of_person(self, person_id: str) -> list[School]:
        """Return every school in a programme for which this person is named, by name."""
        ...


class Groups(Protocol):
    """Groups of published cohorts."""

    async def get(self, group_id: str) -> Group | None:
        """Return a group."""
        ...

    async def of_schools(self, school_ids: Iterable[str], programme_id: str | None = None) -> list[Group]:
        """Return the groups these schools belong to, by number."""
        ...
