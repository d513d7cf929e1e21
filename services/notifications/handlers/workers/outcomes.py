"""Publishes what became of mails, and queues notices for coordinators.

The rows themselves say what is still to be published, so nothing is lost between a mail's last state and its fact.
"""

from services.notifications.domain.details import Span
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import digest_span, events_of, in_trouble
from services.notifications.handlers.mailings import Mailings, Occasion
from services.notifications.ports import Outcomes, Transact
from shared.bus.unit_of_work import UnitOfWork
from shared.events.template import MailSpec

_BATCH = 50
_NOTICE = (MailSpec(on="MailBounced", template="bounce-notice", to=("coordinator",)),)


class OutcomePublisher:
    """Publishes outcomes."""

    def __init__(self, outcomes: Outcomes, mailings: Mailings, transact: Transact, digest_seconds: float) -> None:
        self._outcomes = outcomes
        self._mailings = mailings
        self._transact = transact
        self._digest_seconds = digest_seconds

    async def publish(self) -> int:
        """Publish the outcome of a batch of mails; return how many."""
        return await self._transact(self._publish) if await self._outcomes.unpublished(1) else 0

    async def _publish(self, work: UnitOfWork) -> int:
        mails = await self._outcomes.unpublished(_BATCH)
        for mail in mails:
            for fact in events_of(mail):
                work.publish(fact)
            if in_trouble(mail) and mail.programme_id:
                await self._notice(work, mail, mail.programme_id)
        await self._outcomes.mark_published(mails)
        return len(mails)

    async def _notice(self, work: UnitOfWork, mail: Mail, programme_id: str) -> None:
        programme = await self._mailings.programme(programme_id)
        since, until = digest_span(mail.changed_at, self._digest_seconds)
        occasion = Occasion(
            "MailBounced", f"{programme_id}/{since.isoformat()}", 1,
            details=Span(since=since, until=until), not_before=until,
        )  # fmt: skip
        await self._mailings.queue(
            work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)}, _NOTICE
        )
