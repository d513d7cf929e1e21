"""Courses of sessions in MongoDB: one document each."""

from typing import Any

from services.scheduling.domain.sessions.records import Course
from services.scheduling.store.documents import many, one, put
from shared.mongo import Database

__all__ = ["MongoCourses"]


class MongoCourses:
    """Port `Courses`."""

    def __init__(self, database: Database) -> None:
        self._courses = database["courses"]

    async def get(self, course_id: str) -> Course | None:
        """A course."""
        return await one(self._courses, course_id, Course)

    async def with_place(self, place_id: str) -> Course | None:
        """The course that a place is in."""
        return await self._first({"places.place_id": place_id})

    async def of_programme(self, programme_id: str) -> list[Course]:
        """Those of a programme, by id."""
        return await many(self._courses, {"programme_id": programme_id}, Course)

    async def publishing(self) -> Course | None:
        """One of which days are still to be published."""
        return await self._first({"publishing": True})

    async def put(self, course: Course) -> None:
        """Save it."""
        await put(self._courses, course.course_id, course)

    async def forget(self, person_id: str) -> None:
        """Take somebody out of all of them."""
        names = ("places.person_id", "attended.by", "planned.missing", "places.caught_up.by")
        named = (*names, *(f"attended.{how}" for how in ("present", "part", "absent")))
        for course in await many(self._courses, {"$or": [{name: person_id} for name in named]}, Course):
            await self.put(course.without(person_id))

    async def _first(self, where: dict[str, Any]) -> Course | None:
        found = await self._courses.find_one(where)
        return Course.model_validate(found) if found else None
