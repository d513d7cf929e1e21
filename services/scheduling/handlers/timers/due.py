"""What happens when a reminder comes: unanswered invitations, a missing brief, the end of a visit's or event's day."""

from collections.abc import Iterable

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.answers import Target, programme_of, sequence_of, still_to_come
from services.scheduling.domain.visits.due import (
    ask_for_brief,
    call_for_papers,
    end_event_day,
    end_session_day,
    end_visit_day,
    overtaken,
    remind_unanswered,
)
from services.scheduling.ports.answers import Answers
from services.scheduling.ports.cohort_events import CohortEvents
from services.scheduling.ports.programmes import Programmes
from services.scheduling.ports.visits import Visits
from shared.bus import Reminder, UnitOfWork
from shared.events.base import Event

__all__ = ["DueTimers"]


class DueTimers:
    """Handlers of reminders."""

    def __init__(self, visits: Visits, events: CohortEvents, answers: Answers, programmes: Programmes) -> None:
        self._visits, self._events, self._answers, self._programmes = visits, events, answers, programmes

    async def answers_due(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Remind the unanswered of the invitation that the reminder was set for, if it still stands.

        Of several whose mornings have passed while nothing ran, only the last goes out.
        """
        target_id, kind = reminder.data["target"], reminder.data["kind"]
        target: Target = await (self._visits.visit(target_id) if kind == "visit" else self._events.event(target_id))
        stands = still_to_come(target, work.now) and int(reminder.data["sequence"]) == sequence_of(target)
        programme = await self._programmes.programme(programme_of(target))
        assert programme, "an invitation belongs to one"
        number, terms = int(reminder.data["round"]), programme.terms
        due_on, today = (local_date(one, terms.timezone) for one in (reminder.due, work.now))
        if stands and not overtaken(due_on, number, terms.answer_reminders_days, today):
            _publish(remind_unanswered(target, await self._answers.latest(target_id), number), work)

    async def brief_due(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask the host for the brief that is missing."""
        record = await self._visits.visit(reminder.key)
        if record.brief is None and still_to_come(record, work.now):
            decision = ask_for_brief(record)
            await self._visits.put(decision.records)
            _publish(decision.events, work)

    async def visit_day_over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """The day is over: attendance can be recorded."""
        record = await self._visits.visit(reminder.key)
        if record.state == "published":
            decision = end_visit_day(record)
            await self._visits.put(decision.records)
            _publish(decision.events, work)

    async def event_day_over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """A cohort event is held; of a day of a course it can be said who came, unless nobody was to come."""
        record = await self._events.event(reminder.key)
        if record.course and not record.event.attendees:
            return
        if record.state == "published":
            latest = await self._answers.latest(reminder.key)
            decision = end_session_day(record) if record.course else end_event_day(record, latest)
            await self._events.put(decision.records)
            programme = await self._programmes.programme(record.event.programme_id)
            assert programme, "a published event belongs to one"
            _publish(map(programme.spoken, decision.events), work)

    async def papers_due(self, reminder: Reminder, work: UnitOfWork) -> None:
        """The papers of a day of a course are compiled, if it still takes place."""
        record = await self._events.event(reminder.key)
        if still_to_come(record, work.now):
            decision = call_for_papers(record)
            await self._events.put(decision.records)
            _publish(decision.events, work)


def _publish(events: Iterable[Event], work: UnitOfWork) -> None:
    for event in events:
        work.publish(event)
