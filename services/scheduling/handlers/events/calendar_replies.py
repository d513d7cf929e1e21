"""Reaction to the reply that somebody's calendar sends to an invitation."""

from services.scheduling.domain.visits.answers import Said, may_answer
from services.scheduling.handlers.answers import Answers
from shared import telemetry
from shared.bus import UnitOfWork
from shared.errors import Rejected
from shared.events.notifications import CalendarReplyReceived

__all__ = ["CalendarReplies"]

_log = telemetry.logger("kindred.scheduling.answers")


class CalendarReplies:
    """The reaction to a calendar's reply."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def replied(self, event: CalendarReplyReceived, work: UnitOfWork) -> None:
        """Take the answer; a reply to an older invitation or of somebody uninvited changes nothing and is logged."""
        try:
            target = await self._answers.target(event.target_id, event.target_kind)
            may_answer(target, event.person_id, event.sequence)
        except Rejected as refusal:
            _log.info("calendar_reply_ignored", rule=refusal.rule)
            return
        await self._answers.take(target, Said(event.person_id, event.answer, "calendar", event.sequence), work)
