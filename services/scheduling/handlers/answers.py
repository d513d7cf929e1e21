"""Takes answers to invitations, from pages and calendars alike, and follows them up."""

import datetime as dt
from collections.abc import Collection

from services.scheduling.domain.visits.answers import Said, Target, decide_answer, target_id
from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.domain.visits.repair import sentence_of
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.duties.layout import DutyLayout
from services.scheduling.handlers.sessions.room import CourseRoom
from services.scheduling.ports import answers, calendars, cohort_events, visits
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.events.scheduling import TargetKind

__all__ = ["Answers"]


class Answers:
    """Loads what was answered, decides, saves and publishes."""

    def __init__(
        self,
        visits: visits.Visits,
        events: cohort_events.CohortEvents,
        answers: answers.Answers,
        days_off: calendars.DaysOff,
        changes: Changes,
        *,
        courses: CourseRoom | None = None,
        duties: DutyLayout | None = None,
    ) -> None:
        self._visits, self._events, self._answers = visits, events, answers
        self._days_off, self._changes = days_off, changes
        self._courses, self._duties = courses, duties

    async def target(self, target: str, kind: TargetKind) -> Target:
        """What was answered. Raises Rejected where there is none."""
        return await (self._visits.visit(target) if kind == "visit" else self._events.event(target))

    async def take(self, target: Target, said: Said, work: UnitOfWork, further: Collection[dt.date] = ()) -> Done:
        """Take an answer; `further`: days that do not suit the person either. Raises Rejected as `decide_answer`."""
        name = target_id(target)
        decision = decide_answer(target, await self._answers.latest(name), said, work.now)
        if decision.answer is not None:
            await self._answers.add(decision.answer)
        for event in decision.events:
            work.publish(event)
        await self._days_off.rule_out(said.person_id, further)
        sentence = decision.sentence
        if decision.moves and isinstance(target, VisitRecord):
            sentence = await self._moved(target, said.person_id, decision.moves, work) or sentence
        if decision.answer and self._courses and isinstance(target, EventRecord) and target.course:
            sentence = await self._courses.answered(target, said.person_id, said.answer, work) or sentence
        if decision.answer and self._duties and isinstance(target, EventRecord) and target.duty:
            sentence = await self._another_day(self._duties, target, said, work) or sentence
        return Done(id=name, version=decision.answer.version if decision.answer else 1, sentence=sentence)

    async def _another_day(self, duties: DutyLayout, record: EventRecord, said: Said, work: UnitOfWork) -> str:
        """Who declines a day of a duty is elsewhere then: another one is looked for."""
        if said.answer != "declined":
            return ""
        await self._days_off.rule_out(said.person_id, [record.event.on])
        await duties.due(record.event.programme_id, work)
        return "Thank you for telling us. Another day is looked for, and everybody who is invited gets a mail with it."

    async def _moved(self, record: VisitRecord, person: str, reason: str, work: UnitOfWork) -> str:
        """What became of the visit's date; empty where the coordinator is asked."""
        await self._days_off.rule_out(person, [record.visit.on])
        current = await self._visits.visit(record.visit.visit_id)
        return sentence_of(await self._changes.repair(current, reason, person, work), record.visit.visit_id)
