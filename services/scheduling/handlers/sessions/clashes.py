"""Days of courses that were published and now lie on a day on which a school is closed: the coordinator decides."""

import datetime as dt

from services.scheduling.domain.sessions.dating import closed_on
from services.scheduling.domain.sessions.records import Course, Running, Sitting
from services.scheduling.handlers.sessions.loading import diary, programme_of, running_of, seats
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import Reminder, UnitOfWork
from shared.events.scheduling import CoordinatorAsked

__all__ = ["CLASHES", "CourseDays"]

CLASHES = "course-clashes"
"""The reminder that calendars of a programme's schools have changed, and so may have whether its courses clash."""
SOON = dt.timedelta(minutes=1)


class CourseDays:
    """Looks at the days to come of a programme's courses whenever a calendar has changed."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def calendars_changed(self, work: UnitOfWork, *, school_id: str = "", authority_code: str = "") -> None:
        """Have the courses looked at of all programmes with that school, or with a school of that authority."""
        found = await self._stores.engine.programmes_with(school_id=school_id, authority_code=authority_code)
        for programme_id in found:
            if await self._stores.courses.of_programme(programme_id):
                work.remind(CLASHES, programme_id, work.now + SOON)

    async def look(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask about each day that clashes, once as long as it stays."""
        programme = await programme_of(self._stores, reminder.key)
        for course in await self._stores.courses.of_programme(reminder.key):
            run = await running_of(self._stores, programme, course, work.now)
            if run.to_come:
                await self._stores.courses.put(await self._looked_at(run, work))

    async def _looked_at(self, run: Running, work: UnitOfWork) -> Course:
        coming = await seats(self._stores, run)
        span = run.to_come[0].on, run.to_come[-1].on
        known = await diary(self._stores, run, coming, span, work.now)
        clashing = {one.number: closed for one in run.to_come if (closed := closed_on(known, one.on))}
        for sitting in run.to_come:
            if sitting.number in clashing and sitting.number not in run.course.clashing:
                work.publish(_asked(run, sitting, clashing[sitting.number]))
        return run.course.model_copy(update={"clashing": tuple(sorted(clashing))})


def _asked(run: Running, sitting: Sitting, closed: tuple[str, ...]) -> CoordinatorAsked:
    names = ", ".join(closed[:3]) + (f" and {len(closed) - 3} more" if len(closed) > 3 else "")
    move = f"kindred sessions move {run.activity.key} {sitting.number}"
    return CoordinatorAsked(
        version=max(1, sitting.first.version),
        target_id=sitting.first.event.event_id,
        target_kind="cohort-event",
        programme_id=run.programme.programme_id,
        cohort_id="",
        question="calendar-clash",
        sentence=f"On {in_words(sitting.on)} these are closed by now: {names}. `{move}` puts it on another day.",
    )
