"""Keeps what is decided about a course: its places, and who is invited to its days because of them."""

from collections.abc import Iterable
from dataclasses import replace

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.ids import event_id, session_id
from services.scheduling.domain.sessions.places import attendees, declined, seated
from services.scheduling.domain.sessions.records import Course, Running, Sitting
from services.scheduling.domain.visits.event_programme import EventDetails, details_id, of_template, place_of
from services.scheduling.domain.visits.invitations import MOST, in_parts, invite_to_event, parted
from services.scheduling.domain.visits.publication import decide_event
from services.scheduling.domain.visits.records import EventRecord
from services.scheduling.handlers.loading.cohorts import programme_of as programme_record
from services.scheduling.handlers.sessions.loading import course_of, programme_of, running, running_of, seats
from services.scheduling.handlers.timers import reminders
from services.scheduling.ports.stores import Stores
from shared.bus import Reminder, UnitOfWork
from shared.events.base import Event
from shared.events.scheduling import Answer
from shared.events.scheduling_parts import CohortEvent
from shared.template.kinds import SESSION

__all__ = ["PLACES", "CourseRoom"]

PLACES = "course-places"
"""The reminder that people of a programme have changed, and so may have who comes to its courses."""


class CourseRoom:
    """Courses with everything around them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def keep(self, run: Running, decision: Decision[Course], work: UnitOfWork) -> None:
        """Save and publish; invite to the days to come who has a place now, and nobody else."""
        course = decision.record
        await self._stores.courses.put(course)
        _publish(decision.events, work)
        after = replace(run, course=course)
        for sitting in after.to_come:
            await self._invite(after, sitting, work)

    async def seat(self, programme: EngineProgramme, activity: str, work: UnitOfWork) -> None:
        """Give places to everybody whom the template names now, in a course whose days are in calendars."""
        declared = course_of(programme, activity)
        for course in await self._stores.courses.of_programme(programme.programme_id):
            if course.activity != activity or not course.numbers:
                continue
            run = await running(self._stores, programme, declared, work.now, course.own_of)
            decision = seated(run, await seats(self._stores, run))
            if decision.record != run.course:
                await self.keep(run, decision, work)

    async def seat_all(self, reminder: Reminder, work: UnitOfWork) -> None:
        """People of a programme have changed: look at all of its courses."""
        programme = await self._stores.engine.programme(reminder.key)
        for activity in programme.template.activities if programme else ():
            if programme and activity.kind == SESSION:
                await self.seat(programme, activity.key, work)

    async def answered(self, record: EventRecord, person_id: str, answer: Answer, work: UnitOfWork) -> str:
        """Who declines a date of every date comes no more: the sentence for them, empty where nothing follows."""
        if answer != "declined":
            return ""
        programme = await programme_of(self._stores, record.event.programme_id)
        course = await self._stores.courses.get(record.course)
        if course is None:
            return ""
        run = await running_of(self._stores, programme, course, work.now)
        decision = declined(run, person_id, record.event.on, record.number)
        if decision is None:
            return ""
        await self.keep(run, decision, work)
        return (
            f"Every date in full, or no place: as you cannot come, your place in “{run.activity.title}” has ended. "
            "Its other dates are taken out of your calendar."
        )

    async def publish_next(self, work: UnitOfWork) -> bool:
        """Publish the next day of a course; whether there was any."""
        course = await self._stores.courses.publishing()
        if course is None:
            return False
        programme = await programme_of(self._stores, course.programme_id)
        run = await running_of(self._stores, programme, course, work.now)
        drafts = [one for one in run.standing if one.first.state == "draft"]
        if not drafts:
            await self._stores.courses.put(course.model_copy(update={"publishing": False}))
            return True
        await self._publish_one(run, drafts[0], work)
        return True

    async def _publish_one(self, run: Running, sitting: Sitting, work: UnitOfWork) -> None:
        """Invite everybody who has a place, in as many parts as there are people."""
        programme = await programme_record(self._stores.programmes, run.programme.programme_id)
        draft = sitting.first
        people = parted(((one,) for one in attendees(run, sitting.number)), MOST)
        again = len(run.programme.pauses)
        cohort = draft.event.cohort_id
        parts = [
            draft.model_copy(
                update={
                    "event": draft.event.model_copy(
                        update={
                            "attendees": tuple(own),
                            "event_id": event_id(cohort, draft.event.activity, part, again),
                        }
                    )
                }
            )
            for part, own in enumerate(people, start=1)
        ]
        await self._stores.engagements.take_days((), parts)
        for one in parts:
            decision = decide_event(one)
            await self._stores.events.put(decision.records)
            _publish(map(programme.spoken, decision.events), work)
            reminders.event_published(decision.record, programme, work)

    async def drafted(self, run: Running, number: int) -> EventRecord:
        """A day that is planned, as an event of which nobody is told yet."""
        day = next(one for one in run.course.planned if one.number == number)
        cohort, activity = session_id(run.course.course_id, number), run.activity
        details = await self._stores.details.details(details_id(cohort, activity.key))
        assert activity.starts, "a course says its hours"
        assert activity.ends, "a course says its hours"
        event = CohortEvent(
            event_id=event_id(cohort, activity.key, 1, len(run.programme.pauses)),
            cohort_id=cohort,
            programme_id=run.programme.programme_id,
            activity=activity.key,
            title=run.title(number),
            on=day.on,
            starts=activity.starts,
            ends=activity.ends,
            timezone=run.programme.template.timezone,
            place=self._place(run, details),
            attendees=(),
            school_id=run.course.school_id or None,
        )
        papers = activity.papers_days if activity.papers else 0
        return EventRecord(event=event, course=run.course.course_id, number=number, papers_days=papers, why=day.said)

    def _place(self, run: Running, details: EventDetails | None) -> str:
        return place_of(of_template(run.activity, details)[0]) or (run.school if run.course.school_id else "")

    async def _invite(self, run: Running, sitting: Sitting, work: UnitOfWork) -> None:
        programme = await programme_record(self._stores.programmes, run.programme.programme_id)
        published = [one for one in sitting.parts if one.state == "published"]
        wanted = attendees(run, sitting.number)
        schools = {one.school_id for part in published for one in part.event.attendees}
        everywhere = [*schools, *(one.school_id for one in wanted)]
        for record, invited in in_parts(published, wanted, everywhere):  # type: ignore[arg-type]  # None: no school
            decision = invite_to_event(record, invited, "")
            if decision is not None:
                await self._stores.events.put(decision.records)
                _publish(map(programme.spoken, decision.events), work)


def _publish(events: Iterable[Event], work: UnitOfWork) -> None:
    for event in events:
        work.publish(event)
