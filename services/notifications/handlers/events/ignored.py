"""Answers that calendars sent and that changed nothing: kept for the coordinator to see."""

from services.notifications.domain import completions
from services.notifications.domain.decisions import Decision
from services.notifications.domain.decisions.ignored import MOVED, trace_of
from services.notifications.domain.decisions.unproven import ask_again
from services.notifications.domain.targets import Target
from services.notifications.handlers.records import Records
from services.notifications.ports import Cards, Triage
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling import CalendarReplyIgnored


class IgnoredReplies:
    """The reaction to an answer that changed nothing."""

    def __init__(self, records: Records, triage: Triage, cards: Cards) -> None:
        self._records = records
        self._triage = triage
        self._cards = cards

    async def ignored(self, event: CalendarReplyIgnored, work: UnitOfWork) -> None:
        """Keep a trace of it; who answered a date that has moved is asked about the new one."""
        target = await self._records.target(event.target_id)
        card = (await self._cards.find([event.person_id])).get(event.person_id)
        await self._triage.keep(trace_of(event, target, card, work.now))
        if event.rule == MOVED and target is not None and target.state == "scheduled":
            await self._ask(target, event.person_id, work)

    async def _ask(self, target: Target, person_id: str, work: UnitOfWork) -> None:
        key = completions.answered(target.target_id, person_id)
        if (await self._records.completions.find([key])).get(key, -1) >= target.sequence:
            return
        programme = await self._records.programme(target.programme_id)
        await self._records.save(Decision(ask_again(programme, target, person_id, work.now, moved=True)), work)
