"""Courses of sessions, as every plot that has some waits for them."""

from kindred.demo.checks import Failed
from kindred.demo.round import Round
from shared.commands.sessions import Courses, ListCourses

__all__ = ["in_calendars"]
LOOKS = 200
"""How often all may be quiet before a day that is not published is a fault."""


async def in_calendars(this: Round, programme_id: str, *activities: str) -> None:
    """Wait until the last day is published: they go out one after another, and between two all may be quiet."""
    for _ in range(LOOKS):
        await this.settle()
        if not await _planned(this, programme_id, activities):
            return
    raise Failed(f"Days of {', '.join(activities)} were never published.")


async def _planned(this: Round, programme_id: str, activities: tuple[str, ...]) -> bool:
    found: Courses = await this.client.find(ListCourses(programme_id=programme_id))
    days = [row for one in found.courses if one.activity in activities for row in one.sessions]
    return any(row.state == "planned" for row in days)
