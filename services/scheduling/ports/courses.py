"""Courses of sessions."""

from typing import Protocol

from services.scheduling.domain.sessions.records import Course

__all__ = ["Courses"]


class Courses(Protocol):
    """Courses of all programmes, each with its places."""

    async def get(self, course_id: str) -> Course | None:
        """A course of which something is kept."""
        ...

    async def with_place(self, place_id: str) -> Course | None:
        """The course that a place is in."""
        ...

    async def of_programme(self, programme_id: str) -> list[Course]:
        """Those of a programme, by id."""
        ...

    async def publishing(self) -> Course | None:
        """One of which days are still to be published, if there is any."""
        ...

    async def put(self, course: Course) -> None:
        """Save it in place of what it was."""
        ...

    async def forget(self, person_id: str) -> None:
        """Take somebody out of all of them."""
        ...
