"""What is looked up and noted for a message that came in."""

from dataclasses import dataclass, replace
from typing import Self

from services.notifications.domain.kept import NO_CONCERN, Concern, KeptMessage
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.mail import Mail
from services.notifications.domain.quoted import own_words
from services.notifications.domain.written import tidy
from services.notifications.inbound.incoming import Incoming, header, sender_of
from services.notifications.inbound.reading import Reading
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
        self, incoming: Incoming, reading: Reading, why: str, work: UnitOfWork, concern: Concern = NO_CONCERN
    ) -> str:
        """Keep a message for a person to look at. ``concern``: what is known of it already."""
        await self.triage.keep(await self._kept(incoming, reading, why, work, concern))
        return "triage"

    async def file(
        self, incoming: Incoming, reading: Reading, why: str, work: UnitOfWork, concern: Concern = NO_CONCERN
    ) -> str:
        """Keep a message that nobody has to look at."""
        await self.triage.keep(replace(await self._kept(incoming, reading, why, work, concern), state="filed"))
        return "ignored"

    async def people_at(self, address: str) -> list[str]:
        """Return who has this address on their card, or answers from it."""
        own, others = await self.contacts.people_at(address), await self.aliases.people_at(address)
        return list(dict.fromkeys([*own, *others]))

    async def _kept(
        self, incoming: Incoming, reading: Reading, why: str, work: UnitOfWork, concern: Concern
    ) -> KeptMessage:
        subject, sender = " ".join(tidy(header(reading.message, "Subject")).split())[:200], sender_of(reading.message)
        found = await self._concern(incoming, reading, sender, work, concern)
        return KeptMessage(
            incoming.key,
            work.now,
            why,
            subject,
            sender.lower(),
            content=incoming.content,
            concern=found,
            follows=work.correlation_id,
        )

    async def _concern(
        self, incoming: Incoming, reading: Reading, sender: str, work: UnitOfWork, concern: Concern
    ) -> Concern:
        """Find what a message is about: what it answers, else the mail of ours that it names, else the next visit."""
        writer = concern.writer_id or next(iter(await self.people_at(sender)), "")
        mail = await self._answered(incoming, reading)
        target_id = concern.target_id or (mail.target_id if mail else "")
        person = concern.person_id or writer or (mail.person_id if mail else "")
        target = (await self.targets.find([target_id])).get(target_id)
        if not target_id and writer:
            target = await self.targets.next_of(writer, work.now.date())
        programme = (target.programme_id if target else "") or (mail.programme_id if mail else "") or ""
        return replace(
            concern, target_id=target.target_id if target else target_id, person_id=person, writer_id=writer,
            programme_ids=(programme,) if programme else await self._programmes_of(writer),
            words=concern.words or ("" if concern.answer else _written(reading)),
        )  # fmt: skip

    async def _answered(self, incoming: Incoming, reading: Reading) -> Mail | None:
        """Find the mail of ours that a message came back to or names as answered."""
        named = (*incoming.recipients, *(header(reading.message, name) for name in ("In-Reply-To", "References")))
        mail_id = next(filter(None, map(mail_id_in, named)), None)
        return await self.mails.one(mail_id) if mail_id else None

    async def _programmes_of(self, person_id: str) -> tuple[str, ...]:
        """Find a person's programmes, of the last school year that they take part in."""
        roles = await self.programmes.roles([person_id]) if person_id else []
        found = (await self.programmes.find({role.programme_id for role in roles})).values()
        last = max((one.year for one in found), default=0)
        return tuple(sorted(one.programme_id for one in found if one.year == last))


def _written(reading: Reading) -> str:
    """Return what somebody wrote themselves; the whole text of a mail without such words, or that cannot be read."""
    return reading.text if reading.trouble else own_words(reading.text) or reading.text
