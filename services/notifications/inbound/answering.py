"""Calendar answers: whose each is, what becomes of it, and what the invited person is asked."""

import hashlib
from email.message import EmailMessage

from services.notifications.domain import completions, replies
from services.notifications.domain.authentication import vouched_for
from services.notifications.domain.decisions.unproven import ask_again
from services.notifications.domain.directory import LastReply
from services.notifications.domain.replies import Answerer, CalendarReply
from services.notifications.domain.seals import Seals, same_whole
from services.notifications.domain.targets import INVITATIONS, Target, invited
from services.notifications.inbound.records import Incoming, Records, header, headers
from shared.bus.unit_of_work import UnitOfWork
from shared.events.notifications import CalendarReplyReceived

_MOST_SEEN = 50


class Answering:
    """Takes calendar answers. ``authserv``: the server whose word on a sender is taken, "" for none."""

    def __init__(self, records: Records, authserv: str) -> None:
        self._records = records
        self._authserv = authserv

    async def take(
        self, incoming: Incoming, message: EmailMessage, part: replies.CalendarPart, work: UnitOfWork
    ) -> str:
        """Deal with a calendar object and return what it was: reply, ignored, filed, triage."""
        try:
            reply = replies.read(part.ical, header(message, "From"), part.method)
        except replies.UnreadableError as error:
            return await self._records.keep(incoming, message, str(error), work)
        target = (await self._records.targets.find([reply.target_id])).get(reply.target_id)
        answerer = await self._whose(reply, target, message)
        if target is not None and target.kind not in INVITATIONS and answerer.invited:
            return await self._of_dates(incoming, message, reply, target, work)
        judged = replies.judge(reply, target, answerer)
        if judged.fate == "filed":
            return await self._records.file(incoming, message, judged.why, work)
        if judged.fate == "counts" and target is not None and answerer.person_id is not None:
            fate = await self.count(_key(message, part), reply, target, answerer.person_id, work)
            if reply.words and fate == "reply":
                why = f"The answer ({reply.answer}) is taken; somebody wrote words beside it."
                await self._records.keep(incoming, message, why, work)
            return fate
        if judged.fate == "asked" and target is not None and answerer.person_id is not None:
            await self._ask(reply, target, answerer, work)
        return await self._records.keep(incoming, message, judged.why, work)

    async def count(self, key: str, reply: CalendarReply, target: Target, person_id: str, work: UnitOfWork) -> str:
        """Tell of an answer, once a message."""
        last = await self._records.replies.last(target.target_id, person_id)
        seen = last.seen if last else ()
        if key in seen:
            return "ignored"
        stamped = reply.stamped or work.now
        kept = LastReply(sequence=target.sequence, stamped=stamped, seen=(*seen, key)[-_MOST_SEEN:])
        count = await self._records.replies.put(target.target_id, person_id, kept)
        work.publish(
            CalendarReplyReceived(
                version=count, target_id=target.target_id, target_kind=INVITATIONS[target.kind], person_id=person_id,
                answer=reply.answer, sequence=target.sequence, stamped=stamped, received_at=work.now,
            )
        )  # fmt: skip
        return "reply"

    async def _whose(self, reply: CalendarReply, target: Target | None, message: EmailMessage) -> Answerer:
        """Find whose answer it is: whom its seal names, else who was invited at the address that it names."""
        own, others = self._records.contacts.people_at, self._records.aliases.people_at
        at_address = list(dict.fromkeys([*await own(reply.address), *await others(reply.address)]))
        if target is None:
            return Answerer(None, "none", invited=False, known=bool(at_address))
        people = [person.person_id for person in invited(target)]
        seals = Seals(await self._records.seal_key.get())
        for one in dict.fromkeys([*people, *at_address]):
            if reply.seal and same_whole(reply.seal, seals.entry(target.target_id, one)):
                proof: replies.Proof = "own" if one in at_address else "other-address"
                return Answerer(one, proof, invited=one in people, known=True)
        found = next((one for one in at_address if one in people), None)
        vouched = reply.sender == reply.address and self._vouched(reply.sender, message)
        return Answerer(found, "own" if vouched else "none", invited=found is not None, known=bool(at_address))

    def _vouched(self, sender: str, message: EmailMessage) -> bool:
        one_sender = len(headers(message, "From")) == 1
        domain = sender.rpartition("@")[2]
        return one_sender and vouched_for(headers(message, "Authentication-Results"), self._authserv, domain)

    async def _ask(self, reply: CalendarReply, target: Target, answerer: Answerer, work: UnitOfWork) -> None:
        """Mail the invited person a link to answer with, unless they have answered for this date meanwhile."""
        moved = not replies.stands(reply, target)
        person_id = answerer.person_id or ""
        key = completions.answered(target.target_id, person_id)
        answered = (await self._records.completions.find([key])).get(key, -1) >= target.sequence
        if target.state != "scheduled" or (moved and answered):
            return
        found = await self._records.programmes.find([target.programme_id])
        mails = ask_again(found.get(target.programme_id), target, person_id, work.now, moved=moved)
        await self._records.intake.add(mails)

    async def _of_dates(
        self, incoming: Incoming, message: EmailMessage, reply: CalendarReply, target: Target, work: UnitOfWork
    ) -> str:
        """Nothing is asked of who has agreed a day or has a call; that somebody cannot make it is for a person."""
        if reply.answer == "accepted":
            return await self._records.file(incoming, message, "Accepted; nothing is asked of them.", work)
        command = "calls cancel" if target.kind == "call" else "dates withdraw"
        why = f"Somebody may not be able to come. To take it back: kindred {command} {target.target_id}"
        return await self._records.keep(incoming, message, why, work)


def _key(message: EmailMessage, part: replies.CalendarPart) -> str:
    """Return what tells an answer apart: a mail system that hands one in twice repeats its Message-ID."""
    said = header(message, "Message-ID").strip()
    return hashlib.sha256(said.encode() or part.ical).hexdigest()
