"""Decides what an incoming message is and notes it, before its sender gets the reply that it was taken."""

import re
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain import outlook
from services.notifications.domain.quoted import own_words
from services.notifications.inbound.answering import Answering
from services.notifications.inbound.incoming import Incoming, header, headers
from services.notifications.inbound.parsing import STRANGE
from services.notifications.inbound.reading import Reader, Reading, given_up
from services.notifications.inbound.records import Records
from services.notifications.inbound.returned import Returned, wants_less
from services.notifications.ports import Transact
from shared import telemetry
from shared.bus.unit_of_work import UnitOfWork

_MOST_HOPS = 50
_OWN_ID = re.compile(r"<mai-[0-9a-f]{32}(\.\d+)?@")
_NOTICE = re.compile(r"kindred\s+replies\s+show\s+[0-9a-f]{6,64}")
_OWN_HEADER = re.compile(rb"^Message-ID:\s*<mai-[0-9a-f]{32}", re.IGNORECASE | re.MULTILINE)
_log = telemetry.logger("kindred.notifications")


class Receiving:
    """Takes incoming messages; each is dealt with in one transaction. ``mailbox``: our own address."""

    def __init__(
        self,
        records: Records,
        transact: Transact,
        authserv: str = "",
        *,
        mailbox: str = "",
        reader: Reader | None = None,
    ) -> None:
        self._records = records
        self._transact = transact
        self._mailbox = mailbox.lower()
        self._reader = reader or Reader()
        self._answering = Answering(records, authserv)
        self._returned = Returned(records)

    async def receive(self, incoming: Incoming) -> str:
        """Deal with a message and return what it was: reply, ignored, bounce, wish, triage.

        What cannot be read or dealt with is kept for a person. Raises what the store raises, and NotYet.
        """
        reading = await self._reader.read(incoming)
        try:
            return await self._transact(lambda work: self._deal(incoming, reading, work))
        except STRANGE as error:
            _log.warning("incoming mail not dealt with", error=type(error).__name__)
            why = f"A mail that could not be dealt with ({type(error).__name__})."
            unread = given_up(incoming, why)
            return await self._transact(lambda work: self._records.keep(incoming, unread, why, work))

    async def _deal(self, incoming: Incoming, reading: Reading, work: UnitOfWork) -> str:
        if reading.trouble:
            return await self._records.keep(incoming, reading, reading.trouble, work)
        if going_round := self._going_round(incoming, reading):
            return await self._records.file(incoming, reading, going_round, work)
        if reading.report is not None:
            return await self._returned.bounce(incoming, reading, reading.report, work)
        if reading.calendar is not None:
            return await self._answering.take(incoming, reading, work)
        if wants_less(incoming):
            return await self._returned.wish(incoming, reading, work)
        return await self._read_by_somebody(incoming, reading, work)

    async def _read_by_somebody(self, incoming: Incoming, reading: Reading, work: UnitOfWork) -> str:
        message = reading.message
        if _complains(message):
            why = "Somebody has reported a mail of ours as unwanted."
            return await self._records.keep(incoming, reading, why, work)
        if answer := outlook.unreadable_answer(message):
            why = f"{answer} Ask them, then enter it: kindred replies answer"
            return await self._records.keep(incoming, reading, why, work)
        if reading.writer == "machine":
            return await self._records.file(incoming, reading, "Written by a machine.", work)
        to_postmaster = all(to.lower().partition("@")[0] == "postmaster" for to in incoming.recipients)
        why = "A mail to the postmaster." if to_postmaster else "A mail that somebody wrote."
        return await self._records.keep(incoming, reading, why, work)

    def _going_round(self, incoming: Incoming, reading: Reading) -> str:
        """Tell why a message must set nothing off: it is ours, or goes from server to server without an end."""
        message = reading.message
        sender = parseaddr(header(message, "From"))[1].lower()
        if _OWN_ID.match(header(message, "Message-ID").strip()) or (self._mailbox and sender == self._mailbox):
            return "A mail of ours that came back."
        if _notice_alone(incoming, reading.text):
            return "A notice of ours that was sent on, without a word of a person."
        if len(headers(message, "Received")) > _MOST_HOPS:
            return "A mail that goes round between servers."
        return ""


def _notice_alone(incoming: Incoming, text: str) -> bool:
    """Tell whether a rule has sent on one of our lists of what waits, as its text or as an attached mail.

    Each would stand in the next list, and that one come back as well.
    """
    if own_words(text):
        return False
    attached = b"message/rfc822" in incoming.content.lower() and _OWN_HEADER.search(incoming.content)
    return _NOTICE.search(text) is not None or bool(attached)


def _complains(message: EmailMessage) -> bool:
    """Tell whether a message is an abuse report (RFC 5965)."""
    return message.get_content_type() == "multipart/report" and message.get_param("report-type") == "feedback-report"
