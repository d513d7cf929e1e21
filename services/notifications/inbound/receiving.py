"""Decides what an incoming message is and notes it, before its sender hears that it was taken."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain import automata, bounces, outlook, replies
from services.notifications.domain.keys import mail_id_in
from services.notifications.inbound.answering import Answering
from services.notifications.inbound.records import STRANGE, Incoming, Records, header
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
        try:
            report = self._report(incoming, message)
        except STRANGE:
            return await self._records.keep(incoming, message, "A bounce that cannot be read.", work)
        if report is not None:
            return await self._returned.bounce(incoming, message, report, work)
        calendar = replies.calendar_part(message)
        if calendar is not None:
            return await self._answering.take(incoming, message, calendar, work)
        if wants_less(incoming):
            return await self._returned.wish(incoming, message, work)
        return await self._written(incoming, message, work)

    async def _written(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        """Keep what is neither answer nor bounce nor wish, by who wrote it."""
        if _complains(message):
            why = "Somebody has reported a mail of ours as unwanted."
            return await self._records.keep(incoming, message, why, work)
        if answer := outlook.unreadable_answer(message):
            why = f"{answer} Ask them, then enter it: kindred replies answer"
            return await self._records.keep(incoming, message, why, work)
        if _writer(message) == "machine":
            return await self._records.file(incoming, message, "Written by a machine.", work)
        return await self._records.keep(incoming, message, "A mail that somebody wrote.", work)

    def _report(self, incoming: Incoming, message: EmailMessage) -> bounces.Report | None:
        to_a_mail = any(mail_id_in(address) for address in incoming.recipients)
        return bounces.read(message, returned=to_a_mail and _writer(message) != "machine")


def _complains(message: EmailMessage) -> bool:
    """Tell whether a message is an abuse report (RFC 5965)."""
    return message.get_content_type() == "multipart/report" and message.get_param("report-type") == "feedback-report"


def _writer(message: EmailMessage) -> automata.Writer:
    names = ("Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-Autoresponse", "Precedence", "Subject")
    return automata.writer(
        {name.lower(): header(message, name) for name in names if header(message, name)},
        content_type=message.get_content_type(),
        report_type=str(message.get_param("report-type", "")).lower(),
        sender=parseaddr(header(message, "From"))[1],
    )
