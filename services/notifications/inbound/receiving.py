"""Decides what an incoming message is and notes it, before its sender hears that it was taken."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain import automata, bounces, outlook, replies
from services.notifications.inbound.answering import Answering
from services.notifications.inbound.records import Incoming, Records, header
from services.notifications.inbound.returned import Returned, wants_less
from services.notifications.ports import Transact
from shared.bus.unit_of_work import UnitOfWork


class Receiving:
    """Takes incoming messages; each is dealt with in one transaction."""

    def __init__(self, records: Records, transact: Transact, authserv: str = "") -> None:
        self._records = records
        self._transact = transact
        self._answering = Answering(records, authserv)
        self._returned = Returned(records)

    async def receive(self, incoming: Incoming) -> str:
        """Deal with a message and return what it was: reply, ignored, bounce, wish, triage."""
        message = message_from_bytes(incoming.content, policy=policy.default)
        return await self._transact(lambda work: self._deal(incoming, message, work))

    async def _deal(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        if bounces.is_report(message):
            return await self._returned.bounce(incoming, message, work)
        calendar = replies.calendar_part(message)
        if calendar is not None:
            return await self._answering.take(incoming, message, calendar, work)
        if wants_less(incoming):
            return await self._returned.wish(incoming, message, work)
        return await self._written(incoming, message, work)

    async def _written(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        """Keep what is neither answer nor bounce nor wish, by who wrote it."""
        if answer := outlook.unreadable_answer(message):
            why = f"{answer} Ask them, then enter it: kindred replies answer"
            return await self._records.keep(incoming, message, why, work)
        wrote = _writer(message)
        if wrote == "machine":
            return await self._records.file(incoming, message, "Written by a machine.", work)
        if wrote == "mail-system":
            return await self._records.keep(incoming, message, "A mail system's report that cannot be read.", work)
        return await self._records.keep(incoming, message, "A mail that somebody wrote.", work)


def _writer(message: EmailMessage) -> automata.Writer:
    names = ("Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-Autoresponse", "Precedence", "Subject")
    return automata.writer(
        {name.lower(): header(message, name) for name in names if header(message, name)},
        content_type=message.get_content_type(),
        report_type=str(message.get_param("report-type", "")).lower(),
        sender=parseaddr(header(message, "From"))[1],
    )
