"""Messages that wait for a person: what they are, and what a person can do about them."""

from collections.abc import Sequence

from services.notifications.domain import judging
from services.notifications.domain.kept import KeptMessage
from services.notifications.domain.lists import cut
from services.notifications.domain.replies import CalendarReply
from services.notifications.domain.targets import INVITATIONS, Target, invited
from services.notifications.domain.written import tidy
from services.notifications.inbound.answering import Answering
from services.notifications.inbound.incoming import Incoming
from services.notifications.inbound.reading import Reader
from services.notifications.inbound.records import Records
from services.notifications.mail.abouts import About, abouts
from shared.bus.unit_of_work import UnitOfWork
from shared.commands.base import Done
from shared.commands.notifications_replies import (
    CloseReply,
    ListReplies,
    PlaceReply,
    ReplyDetail,
    ReplyRow,
    ReplyRows,
    ShowReply,
)
from shared.errors import Rejected


class Worklist:
    """Answers what is asked of messages that came in, and carries out what is decided about them."""

    def __init__(self, records: Records, answering: Answering, reader: Reader | None = None) -> None:
        self._records = records
        self._answering = answering
        self._reader = reader or Reader()

    async def listed(self, query: ListReplies) -> ReplyRows:
        """Return a page of messages, newest first."""
        total, found = await self._records.triage.page(query)
        return ReplyRows(rows=await self._rows(found), total=total)

    async def show(self, query: ShowReply) -> ReplyDetail:
        """Return one message with its text."""
        kept = await self._kept(query.reply_id)
        reading = await self._reader.read(Incoming((), kept.content))
        reply = reading.reply
        said = (
            {"answer": reply.said, "target_id": reply.target_id, "address": reply.address,
             "delegated_to": reply.delegated_to}
            if reply else {}
        )  # fmt: skip
        text = "\n\n".join(filter(None, (tidy(reply.words) if reply else "", reading.text)))
        (row,) = await self._rows([kept])
        return ReplyDetail(reply=row, text=text or kept.concern.words, **said)

    async def place(self, command: PlaceReply, work: UnitOfWork) -> Done:
        """Take a message's calendar answer as a person's, and remember the address that gave it."""
        kept = await self._kept(command.reply_id)
        reply = (await self._reader.read(Incoming((), kept.content))).reply
        if reply is None:
            raise Rejected(
                "no-answer", "This message holds no calendar answer. Enter it with `kindred replies answer`."
            )
        if reply.proposes:
            raise Rejected(
                "another-time",
                "They propose another time, which is no answer. Move the visit with `kindred visits move`, or enter "
                "what they say with `kindred replies answer`.",
            )
        if reply.answer is None:
            raise Rejected("delegated", "Somebody would come instead, which only `kindred replies place` can settle.")
        target = await self._answered(reply, command.person_id)
        await self._answering.count(command.reply_id, reply.answer, target, command.person_id, work)
        if command.person_id not in await self._records.contacts.people_at(reply.address):
            await self._records.aliases.remember(reply.address, command.person_id)
        await self._records.triage.close(kept.key)
        return Done(
            id=kept.key, sentence=f"The answer ({reply.answer}) is taken; {reply.address} is known from now on."
        )

    async def close(self, command: CloseReply, work: UnitOfWork) -> Done:
        """Note that somebody has dealt with a message."""
        kept = await self._kept(command.reply_id)
        await self._records.triage.close(kept.key)
        return Done(id=kept.key, sentence="It is off the list.")

    async def _answered(self, reply: CalendarReply, person_id: str) -> Target:
        target = (await self._records.targets.find([reply.target_id])).get(reply.target_id)
        if target is None or target.kind not in INVITATIONS or target.state != "scheduled":
            raise Rejected("nothing-to-answer", "What it answers to is not known, has taken place or been cancelled.")
        if all(person.person_id != person_id for person in invited(target)):
            raise Rejected("not-invited", "This person is not invited to it, so there is nothing to answer.")
        if not judging.stands(reply, target):
            raise Rejected("date-has-moved", "It answers a date that has moved since. Ask them about the new date.")
        return target

    async def _rows(self, found: Sequence[KeptMessage]) -> tuple[ReplyRow, ...]:
        named = await abouts(self._records.targets, self._records.programmes, self._records.contacts, found)
        return tuple(_row(kept, about) for kept, about in zip(found, named, strict=True))

    async def _kept(self, reply_id: str) -> KeptMessage:
        kept = await self._records.triage.one(reply_id)
        if kept is None:
            raise Rejected("unknown-reply", "There is no such message. `kindred replies list` shows those that wait.")
        return kept


def _row(kept: KeptMessage, about: About) -> ReplyRow:
    concern = kept.concern
    return ReplyRow(
        reply_id=kept.key, received_at=kept.received_at, sender=kept.sender, subject=kept.subject, why=kept.why,
        state=kept.state, target_id=concern.target_id, visit=about.visit, on=about.on, person_id=concern.person_id,
        person=about.person, answer=concern.answer, words=cut(concern.words),
    )  # fmt: skip
