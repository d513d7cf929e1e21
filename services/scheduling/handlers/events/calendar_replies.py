"""Reaction to the reply that somebody's calendar sends to an invitation."""

from services.scheduling.domain.visits.answers import ANSWERED_SINCE, Said, may_answer
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
        """Take the answer.

        One to an older invitation, of somebody uninvited, or that arrived before their latest answer changes nothing
        and is logged.
        """
        try:
            target = await self._answers.target(event.target_id, event.target_kind)
            may_answer(target, event.person_id, event.sequence)
        except Rejected as refusal:
            _log.info("calendar_reply_ignored", rule=refusal.rule)
            return
        said = Said(event.person_id, event.answer, "calendar", event.sequence, event.received_at)
        done = await self._answers.take(target, said, work)
        if done.sentence == ANSWERED_SINCE:
            _log.info("calendar_reply_ignored", rule="answered-since")
