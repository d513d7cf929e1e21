"""Answers, reminders to who has not answered, and what only the coordinator can decide."""

from services.notifications.domain import completions, targets
from services.notifications.domain.details import Blocking, CalendarDraft, Question
from services.notifications.handlers.events.visits import refs_of
from services.notifications.handlers.mailings import Mailings, Occasion
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling import (
    CalendarDrafted,
    CoordinatorAsked,
    InvitationAnswered,
    InvitationReminderDue,
    SchedulingFailed,
)

_MOST_REASONS = 8


class Answers:
    """Mails about answers and questions."""

    def __init__(self, mailings: Mailings) -> None:
        self._mailings = mailings

    async def answered(self, event: InvitationAnswered, work: UnitOfWork) -> None:
        """Remind them no more of this invitation."""
        await self._mailings.completions.put(completions.answered(event.target_id, event.person_id), event.sequence)

    async def reminder_due(self, event: InvitationReminderDue, work: UnitOfWork) -> None:
        """Remind those named."""
        target = (await self._mailings.targets.find([event.target_id])).get(event.target_id)
        if target is None:
            return
        asked = [person for person in targets.invited(target) if person.person_id in event.person_ids]
        programme = await self._mailings.programme(event.programme_id)
        turn = f"{target.sequence}.{event.round}"
        occasion = Occasion("InvitationReminderDue", event.target_id, turn, refs_of(target), sequence=target.sequence)
        await self._mailings.queue(work, programme, occasion, {"asked": asked})

    async def coordinator_asked(self, event: CoordinatorAsked, work: UnitOfWork) -> None:
        """Put the question to the coordinator."""
        programme = await self._mailings.programme(event.programme_id)
        about = "group" if event.target_kind == "group" else "target"
        refs = {"cohort": event.cohort_id, about: event.target_id}
        if event.target_kind != "group":
            refs["target_kind"] = event.target_kind
        if event.person_id:
            refs["person"] = event.person_id
        question = Question(question=event.question, sentence=event.sentence)
        key = f"{event.target_id}/{event.question}/{event.person_id or ''}"
        occasion = Occasion("CoordinatorAsked", key, event.version, refs, question)
        await self._mailings.queue(work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)})

    async def calendar_drafted(self, event: CalendarDrafted, work: UnitOfWork) -> None:
        """Ask the coordinator for a review."""
        programme = await self._mailings.programme(event.programme_id)
        draft = CalendarDraft(
            visits=event.visits, events=event.events, unplaced=event.unplaced_groups, revision=event.revision
        )
        occasion = Occasion("CalendarDrafted", event.cohort_id, event.version, {"cohort": event.cohort_id}, draft)
        await self._mailings.queue(work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)})

    async def scheduling_failed(self, event: SchedulingFailed, work: UnitOfWork) -> None:
        """Tell the coordinator what blocks the dates."""
        programme = await self._mailings.programme(event.programme_id)
        reasons = [f"{clash.sentence or clash.rule} {clash.relaxing_gives}".strip() for clash in event.blocking]
        more = max(0, len(reasons) - _MOST_REASONS)
        blocking = Blocking(reasons=tuple(reasons[:_MOST_REASONS]), more=more)
        occasion = Occasion("SchedulingFailed", event.cohort_id, event.version, {"cohort": event.cohort_id}, blocking)
        await self._mailings.queue(work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)})
