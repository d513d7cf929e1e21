"""Decides what an incoming message is and notes it, before its sender hears that it was taken."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain import bounces, replies
from services.notifications.domain.directory import LastReply
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.targets import INVITATIONS, Target, invited
from services.notifications.ports import (
    Addresses,
    Preferences,
    Replies,
    Returns,
    Suppressions,
    Targets,
    Transact,
    Triage,
)
from shared.bus.unit_of_work import UnitOfWork
from shared.events.notifications import CalendarReplyReceived

_STRANGE = (ValueError, TypeError, AttributeError, LookupError, HeaderParseError)
"""What the standard library raises at headers of strangers' mails."""


@dataclass(frozen=True)
class Incoming:
    """A message as the listener got it."""

    recipients: Sequence[str]
    content: bytes

    @property
    def key(self) -> str:
        """The same message, delivered again, has the same key."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Records:
    """What is looked up and noted for an incoming message."""

    mails: Returns
    targets: Targets
    addresses: Addresses
    replies: Replies
    suppressions: Suppressions
    preferences: Preferences
    triage: Triage


class Receiving:
    """Takes incoming messages; each is dealt with in one transaction."""

    def __init__(self, records: Records, transact: Transact) -> None:
        self._records = records
        self._transact = transact

    async def receive(self, incoming: Incoming) -> str:
        """Deal with a message and return what it was: reply, ignored, bounce, wish, triage."""
        message = message_from_bytes(incoming.content, policy=policy.default)
        return await self._transact(lambda work: self._deal(incoming, message, work))

    async def _deal(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        if bounces.is_report(message):
            return await self._bounce(incoming, message, work)
        calendar = replies.calendar_part(message)
        if calendar is not None:
            return await self._reply(incoming, message, calendar, work)
        if _wants_less(incoming.recipients):
            return await self._wish(incoming)
        if (_header(message, "Auto-Submitted") or "no").lower() != "no":
            return "ignored"
        return await self._triage(incoming, message, "A mail that somebody wrote.", work)

    async def _bounce(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        try:
            bounce = bounces.read(message, incoming.recipients)
        except _STRANGE:
            return await self._triage(incoming, message, "A bounce that cannot be read.", work)
        if bounce is None:
            return "ignored"
        detail = f"{bounce.status} {bounce.diagnostic}".strip()
        mail = await self._records.mails.returned(
            bounce.mail_id, status=bounce.status, permanent=bounce.wrong_address, detail=detail, now=work.now
        )
        if mail is None:
            return "ignored"
        if bounce.wrong_address and mail.to:
            await self._records.suppressions.add(mail.to, mail.mail_id, work.now)
        return "bounce"

    async def _reply(self, incoming: Incoming, message: EmailMessage, calendar: bytes, work: UnitOfWork) -> str:
        try:
            reply = replies.read(calendar, _header(message, "From"))
        except replies.UnreadableError as error:
            return await self._triage(incoming, message, str(error), work)
        target = (await self._records.targets.find([reply.target_id])).get(reply.target_id)
        person_id = await self._who(reply.address, target)
        last = await self._records.replies.last(reply.target_id, person_id) if person_id else None
        judged = replies.judge(
            reply, invited=person_id is not None, sequence=target.sequence if target else None,
            last=(last.sequence, last.stamped) if last else None,
        )  # fmt: skip
        if judged.fate == "triage":
            return await self._triage(incoming, message, judged.why, work)
        if judged.fate == "ignored" or person_id is None or target is None:
            return "ignored"
        if target.kind not in INVITATIONS:
            return await self._of_dates(incoming, message, reply, target, work)
        kept = LastReply(sequence=reply.sequence, stamped=reply.stamped)
        count = await self._records.replies.put(reply.target_id, person_id, kept)
        work.publish(
            CalendarReplyReceived(
                version=count, target_id=reply.target_id, target_kind=INVITATIONS[target.kind], person_id=person_id,
                answer=reply.answer, sequence=reply.sequence, stamped=reply.stamped,
            )
        )  # fmt: skip
        return "reply"

    async def _of_dates(
        self, incoming: Incoming, message: EmailMessage, reply: replies.CalendarReply, target: Target, work: UnitOfWork
    ) -> str:
        """Nothing is asked of who has agreed a day or has a call; that somebody cannot make it is for a person."""
        if reply.answer == "accepted":
            return "ignored"
        command = "calls cancel" if target.kind == "call" else "dates withdraw"
        why = f"Somebody may not be able to come. To take it back: kindred {command} {target.target_id}"
        return await self._triage(incoming, message, why, work)

    async def _who(self, address: str, target: Target | None) -> str | None:
        people = {person.person_id for person in invited(target)} if target else set()
        return next((one for one in await self._records.addresses.people_at(address) if one in people), None)

    async def _wish(self, incoming: Incoming) -> str:
        mail_id = next((found for found in map(mail_id_in, incoming.recipients) if found), "")
        mail = await self._records.mails.one(mail_id)
        if mail is None:
            return "ignored"
        await self._records.preferences.choose(mail.person_id, essential_only=True)
        return "wish"

    async def _triage(self, incoming: Incoming, message: EmailMessage, why: str, work: UnitOfWork) -> str:
        subject = " ".join(_header(message, "Subject").split())[:200]
        sender = parseaddr(_header(message, "From"))[1]
        await self._records.triage.keep(
            incoming.key, why, subject=subject, sender=sender, now=work.now, content=incoming.content
        )
        return "triage"


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's text, "" where a stranger's mail holds one that the standard library cannot read."""
    try:
        return str(message.get(name, ""))
    except _STRANGE:
        return ""


def _wants_less(recipients: Sequence[str]) -> bool:
    return any("+stop-mai-" in address for address in recipients)
