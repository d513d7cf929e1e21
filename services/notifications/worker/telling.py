"""Publishes what became of mails, and queues notices for coordinators.

The rows themselves say what is still to be told, so nothing is lost between a mail's last state and its fact.
"""

from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import digest_span, in_trouble, told_of
from services.notifications.handlers.desk import Desk, Occasion
from services.notifications.ports import Queue, Transact
from shared.bus.unit_of_work import UnitOfWork
from shared.events.template import MailSpec

_BATCH = 50
_NOTICE = (MailSpec(on="MailBounced", template="bounce-notice", to=("coordinator",)),)


class Telling:
    """Tells outcomes."""

    def __init__(self, queue: Queue, desk: Desk, transact: Transact, digest_seconds: float) -> None:
        self._queue = queue
        self._desk = desk
        self._transact = transact
        self._digest_seconds = digest_seconds

    async def tell(self) -> int:
        """Publish the outcome of a batch of mails; return how many."""
        return await self._transact(self._tell) if await self._queue.untold(1) else 0

    async def _tell(self, work: UnitOfWork) -> int:
        mails = await self._queue.untold(_BATCH)
        for mail in mails:
            for fact in told_of(mail):
                work.publish(fact)
            if in_trouble(mail) and mail.programme_id:
                await self._notice(work, mail, mail.programme_id)
        await self._queue.told(mails)
        return len(mails)

    async def _notice(self, work: UnitOfWork, mail: Mail, programme_id: str) -> None:
        programme = await self._desk.programme(programme_id)
        since, until = digest_span(mail.changed_at, self._digest_seconds)
        occasion = Occasion(
            "MailBounced", f"{programme_id}/{since.isoformat()}", 1,
            facts={"since": since.isoformat(), "until": until.isoformat()}, not_before=until,
        )  # fmt: skip
        await self._desk.post(work, programme, occasion, {"coordinator": self._desk.coordinator(programme)}, _NOTICE)
