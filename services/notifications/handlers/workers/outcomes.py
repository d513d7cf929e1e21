"""Publishes what became of mails, and queues notices for coordinators.

Each row says whether its outcome is still to be published, so no event is lost when a process dies.
"""

from services.notifications.domain.decisions import outcomes
from services.notifications.domain.outcomes import events_of, in_trouble
from services.notifications.handlers.records import Records
from services.notifications.ports import Outcomes, Transact
from shared.bus.unit_of_work import UnitOfWork

_BATCH = 50


class OutcomePublisher:
    """Publishes outcomes."""

    def __init__(self, outcomes: Outcomes, records: Records, transact: Transact, digest_seconds: float) -> None:
        self._outcomes = outcomes
        self._records = records
        self._transact = transact
        self._digest_seconds = digest_seconds

    async def publish(self) -> int:
        """Publish the outcome of a batch of mails; return how many."""
        return await self._transact(self._publish) if await self._outcomes.unpublished(1) else 0

    async def _publish(self, work: UnitOfWork) -> int:
        mails = await self._outcomes.unpublished(_BATCH)
        for mail in mails:
            for event in events_of(mail):
                work.publish(event, follows=mail.correlation_id)
            if in_trouble(mail) and mail.programme_id:
                programme = await self._records.programme(mail.programme_id)
                notice = outcomes.not_arrived(programme, mail.changed_at, self._digest_seconds, work.now)
                await self._records.save(notice, work, restored=work.now if mail.restored else None)
        await self._outcomes.mark_published(mails)
        return len(mails)
