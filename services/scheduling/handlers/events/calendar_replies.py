"""Reaction to the reply that somebody's calendar sends to an invitation."""

from services.scheduling.domain.visits.answers import ANSWERED_SINCE, Said, may_answer
from services.scheduling.handlers.answers import Answers
from shared import telemetry
from shared.bus import UnitOfWork
from shared.errors import Rejected
from shared.events.notifications import CalendarReplyReceived
from shared.events.scheduling import CalendarReplyIgnored

__all__ = ["CalendarReplies"]

_log = telemetry.logger("kindred.scheduling.answers")


class CalendarReplies:
    """The reaction to a calendar's reply."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def replied(self, event: CalendarReplyReceived, work: UnitOfWork) -> None:
        """Take the answer.

        One to an older invitation, of somebody uninvited, or that arrived before their latest answer changes nothing;
        an event tells of it.
        """
        try:
            target = await self._answers.target(event.target_id, event.target_kind)
            may_answer(target, event.person_id, event.sequence)
        except Rejected as refusal:
            _ignore(event, refusal.rule, work)
            return
        said = Said(event.person_id, event.answer, "calendar", event.sequence, event.received_at)
        done = await self._answers.take(target, said, work)
        if done.sentence == ANSWERED_SINCE:
            _ignore(event, "answered-since", work)


def _ignore(event: CalendarReplyReceived, rule: str, work: UnitOfWork) -> None:
    _log.info("calendar_reply_ignored", rule=rule)
    work.publish(
        CalendarReplyIgnored(
            version=1, reply_id=work.event_id, target_id=event.target_id, target_kind=event.target_kind,
            person_id=event.person_id, answer=event.answer, rule=rule,
        )
    )  # fmt: skip
