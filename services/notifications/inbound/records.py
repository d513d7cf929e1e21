"""A message as it came in, and what is looked up and noted for it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Self

from services.notifications.domain.kept import NO_CONCERN, Concern, KeptMessage
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.mail import Mail
from services.notifications.domain.written import text_of, tidy
from services.notifications.inbound.parsing import STRANGE
from services.notifications.ports import (
    Aliases,
    Completions,
    Contacts,
    Intake,
    Preferences,
    Programmes,
    Replies,
    Returns,
    SealKey,
    Suppressions,
    Targets,
    Triage,
)
from services.notifications.ports.stores import Stores
from shared.bus.unit_of_work import UnitOfWork


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
    intake: Intake
    targets: Targets
    programmes: Programmes
    completions: Completions
    contacts: Contacts
    replies: Replies
    suppressions: Suppressions
    preferences: Preferences
    triage: Triage
    seal_key: SealKey
    aliases: Aliases

    @classmethod
    def of(cls, stores: Stores) -> Self:
        """Return those over these stores."""
        return cls(
            stores.ledger, stores.queue, stores.targets, stores.programmes, stores.completions, stores.contacts,
            stores.replies, stores.suppressions, stores.preferences, stores.triage, stores.seal_key, stores.aliases,
        )  # fmt: skip

    async def keep(
        self, incoming: Incoming, message: EmailMessage, why: str, work: UnitOfWork, concern: Concern = NO_CONCERN
    ) -> str:
        """Keep a message for a person to look at. ``concern``: what is known of it already."""
        await self.triage.keep(await self._kept(incoming, message, why, work, concern))
        return "triage"

    async def file(
        self, incoming: Incoming, message: EmailMessage, why: str, work: UnitOfWork, concern: Concern = NO_CONCERN
    ) -> str:
        """Keep a message that nobody has to look at."""
        await self.triage.keep(replace(await self._kept(incoming, message, why, work, concern), state="filed"))
        return "ignored"

    async def people_at(self, address: str) -> list[str]:
        """Return who has this address on their card, or answers from it."""
        own, others = await self.contacts.people_at(address), await self.aliases.people_at(address)
        return list(dict.fromkeys([*own, *others]))

    async def _kept(
        self, incoming: Incoming, message: EmailMessage, why: str, work: UnitOfWork, concern: Concern
    ) -> KeptMessage:
        subject, sender = " ".join(tidy(header(message, "Subject")).split())[:200], sender_of(message)
        found = await self._concern(incoming, message, sender, work, concern)
        return KeptMessage(
            incoming.key, work.now, why, subject, sender.lower(), content=incoming.content, concern=found
        )

    async def _concern(
        self, incoming: Incoming, message: EmailMessage, sender: str, work: UnitOfWork, concern: Concern
    ) -> Concern:
        """Find what a message is about: what it answers, else the mail of ours that it names, else the next visit."""
        writer = concern.writer_id or next(iter(await self.people_at(sender)), "")
        mail = await self._answered(incoming, message)
        target_id = concern.target_id or (mail.target_id if mail else "")
        person = concern.person_id or writer or (mail.person_id if mail else "")
        target = (await self.targets.find([target_id])).get(target_id)
        if not target_id and writer:
            target = await self.targets.next_of(writer, work.now.date())
        programme = (target.programme_id if target else "") or (mail.programme_id if mail else "") or ""
        return replace(
            concern, target_id=target.target_id if target else target_id, person_id=person, writer_id=writer,
            programme_ids=(programme,) if programme else await self._programmes_of(writer),
            words=concern.words or ("" if concern.answer else written_in(message)),
        )  # fmt: skip

    async def _answered(self, incoming: Incoming, message: EmailMessage) -> Mail | None:
        """Find the mail of ours that a message came back to or names as answered."""
        named = (*incoming.recipients, header(message, "In-Reply-To"), header(message, "References"))
        mail_id = next(filter(None, map(mail_id_in, named)), None)
        return await self.mails.one(mail_id) if mail_id else None

    async def _programmes_of(self, person_id: str) -> tuple[str, ...]:
        """Find a person's programmes, of the last school year that they take part in."""
        roles = await self.programmes.roles([person_id]) if person_id else []
        found = (await self.programmes.find({role.programme_id for role in roles})).values()
        last = max((one.year for one in found), default=0)
        return tuple(sorted(one.programme_id for one in found if one.year == last))


def written_in(message: EmailMessage) -> str:
    """Return the text of a stranger's mail; a sentence where it cannot be read."""
    try:
        return text_of(message)
    except STRANGE:
        return "(The text cannot be read.)"


def sender_of(message: EmailMessage) -> str:
    """Return the address that a message says it is from."""
    return parseaddr(header(message, "From"))[1]


def header(message: EmailMessage, name: str) -> str:
    """Return a header's text, "" where a stranger's mail holds one that the standard library cannot read."""
    try:
        return str(message.get(name, ""))
    except STRANGE:
        return ""


def headers(message: EmailMessage, name: str) -> list[str]:
    """Return every header of a name, topmost first; none where one cannot be read."""
    try:
        return [str(value) for value in message.get_all(name, [])]
    except STRANGE:
        return []
