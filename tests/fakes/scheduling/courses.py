"""Courses of sessions in memory."""

from services.scheduling.domain.sessions.records import Course
from tests.fakes.memory import Memory


class MemoryCourses:
    def __init__(self, memory: Memory) -> None:
        self._courses = memory["courses"]

    async def get(self, course_id: str) -> Course | None:
        return self._courses.get(course_id)

    async def with_place(self, place_id: str) -> Course | None:
        every = self._courses.values()
        return next((one for one in every if any(place.place_id == place_id for place in one.places)), None)

    async def of_programme(self, programme_id: str) -> list[Course]:
        return sorted(
            (one for one in self._courses.values() if one.programme_id == programme_id), key=lambda one: one.course_id
        )

    async def publishing(self) -> Course | None:
        return next((one for one in self._courses.values() if one.publishing), None)

    async def put(self, course: Course) -> None:
        self._courses[course.course_id] = course

    async def forget(self, person_id: str) -> None:
        for course in list(self._courses.values()):
            await self.put(course.without(person_id))
