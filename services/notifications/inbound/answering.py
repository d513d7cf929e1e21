"""Calendar answers: whose each is, what becomes of it, and what the invited person is asked."""

import datetime as dt
import hashlib
from email.message import EmailMessage

from services.notifications.domain import completions, judging, replies
from services.notifications.domain.authentication import vouched_for
from services.notifications.domain.decisions.unproven import ask_again
from services.notifications.domain.directory import LastReply
from services.notifications.domain.judging import Answerer
from services.notifications.domain.kept import Concern
from services.notifications.domain.mail import because
from services.notifications.domain.replies import CalendarReply
from services.notifications.domain.seals import Seals, same_whole
from services.notifications.domain.targets import INVITATIONS, Target, invited
from services.notifications.inbound.incoming import Incoming, header, headers
from services.notifications.inbound.reading import Reading
from services.notifications.inbound.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.notifications import CalendarReplyReceived
from shared.events.scheduling import Answer

_MOST_SEEN = 50


class Answering:
    """Takes calendar answers. ``authserv``: the server whose word on a sender is taken, "" for none."""

    def __init__(self, records: Records, authserv: str) -> None:
        self._records = records
        self._authserv = authserv

    async def take(self, incoming: Incoming, reading: Reading, work: UnitOfWork) -> str:
        """Deal with a calendar object and return what it was: reply, ignored, filed, triage."""
        calendar, reply = reading.calendar, reading.reply
        if calendar is None or reply is None:
            return await self._records.keep(incoming, reading, reading.no_reply, work)
        target = (await self._records.targets.find([reply.target_id])).get(reply.target_id)
        answerer = await self._whose(reply, target, reading.message)
        concern = _concern(reply, answerer, reading.words)
        if target is not None and target.kind not in INVITATIONS and answerer.invited:
            return await self._of_dates(incoming, reading, concern, target, work)
        judged = judging.judge(reply, target, answerer)
        if judged.fate == "filed" and not concern.words:
            return await self._records.file(incoming, reading, judged.why, work, concern)
        person_id = answerer.person_id
        if judged.fate == "counts" and target is not None and person_id is not None and reply.answer is not None:
            key = _key(reading.message, calendar, reply.answer)
            fresh = await self.count(key, reply.answer, target, person_id, work, stamped=reply.stamped)
            return await self._counted(incoming, reading, concern, work, fresh=fresh)
        if judged.fate == "asked" and target is not None and person_id is not None:
            await self._ask(reply, target, person_id, work)
        return await self._records.keep(incoming, reading, judged.why, work, concern)

    async def _counted(
        self, incoming: Incoming, reading: Reading, concern: Concern, work: UnitOfWork, *, fresh: bool
    ) -> str:
        """Keep what stands beside an answer that was taken, for a person where somebody wrote it."""
        if not fresh:
            return await self._records.file(incoming, reading, "An answer that has been taken already.", work, concern)
        if concern.words:
            why = f"The answer ({concern.answer}) is taken; somebody wrote words beside it."
            await self._records.keep(incoming, reading, why, work, concern)
        elif reading.text:
            why = f"The answer ({concern.answer}) is taken; the text beside it is a calendar program's."
            await self._records.file(incoming, reading, why, work, concern)
        return "reply"

    async def count(
        self, key: str, answer: Answer, target: Target, person_id: str, work: UnitOfWork,
        *, stamped: dt.datetime | None = None,
    ) -> bool:  # fmt: skip
        """Tell of an answer, once a message; False where it has been told of."""
        last = await self._records.replies.last(target.target_id, person_id)
        seen = last.seen if last else ()
        if key in seen:
            return False
        stamped = stamped or work.now
        kept = LastReply(sequence=target.sequence, stamped=stamped, seen=(*seen, key)[-_MOST_SEEN:])
        count = await self._records.replies.put(target.target_id, person_id, kept)
        work.publish(
            CalendarReplyReceived(
                version=count, target_id=target.target_id, target_kind=INVITATIONS[target.kind], person_id=person_id,
                answer=answer, sequence=target.sequence, stamped=stamped, received_at=work.now,
            )
        )  # fmt: skip
        return True

    async def _whose(self, reply: CalendarReply, target: Target | None, message: EmailMessage) -> Answerer:
        """Find whose answer it is: whom its seal names, else who was invited at the address that it names."""
        at_address = await self._records.people_at(reply.address)
        if target is None:
            return Answerer(None, "none", invited=False, known=bool(at_address))
        people = [person.person_id for person in invited(target)]
        seals = Seals(await self._records.seal_key.get())
        for one in dict.fromkeys([*people, *at_address]):
            if reply.seal and same_whole(reply.seal, seals.entry(target.target_id, one)):
                proof: judging.Proof = "own" if one in at_address else "other-address"
                return Answerer(one, proof, invited=one in people, known=True)
        found = next((one for one in at_address if one in people), None)
        vouched = reply.sender == reply.address and self._vouched(reply.sender, message)
        return Answerer(found, "own" if vouched else "none", invited=found is not None, known=bool(at_address))

    def _vouched(self, sender: str, message: EmailMessage) -> bool:
        one_sender = len(headers(message, "From")) == 1
        domain = sender.rpartition("@")[2]
        return one_sender and vouched_for(headers(message, "Authentication-Results"), self._authserv, domain)

    async def _ask(self, reply: CalendarReply, target: Target, person_id: str, work: UnitOfWork) -> None:
        """Mail the invited person a link to answer with, unless they have answered for this date meanwhile."""
        moved = not judging.stands(reply, target)
        key = completions.answered(target.target_id, person_id)
        answered = (await self._records.completions.find([key])).get(key, -1) >= target.sequence
        if target.state != "scheduled" or (moved and answered):
            return
        found = await self._records.programmes.find([target.programme_id])
        mails = ask_again(found.get(target.programme_id), target, person_id, work.now, moved=moved)
        await self._records.intake.add(because(mails, work.correlation_id))

    async def _of_dates(
        self, incoming: Incoming, reading: Reading, concern: Concern, target: Target, work: UnitOfWork
    ) -> str:
        """Nothing is asked of who has agreed a day or has a call; that somebody cannot make it is for a person."""
        if concern.answer == "accepted" and not concern.words:
            return await self._records.file(incoming, reading, "Accepted; nothing is asked of them.", work, concern)
        command = {"call": "calls cancel", "agreed-visit": "visits agreed cancel"}.get(target.kind, "dates withdraw")
        why = f"Somebody may not be able to come. To take it back: kindred {command} {target.target_id}"
        if concern.answer == "accepted":
            why = "Accepted; nothing is asked of them, and somebody wrote words beside it."
        return await self._records.keep(incoming, reading, why, work, concern)


def _concern(reply: CalendarReply, answerer: Answerer, words: str) -> Concern:
    return Concern(
        target_id=reply.target_id, person_id=answerer.person_id or "", answer=reply.said, words=words,
        writer_id=(answerer.person_id or "") if answerer.proof == "own" else "",
    )  # fmt: skip


def _key(message: EmailMessage, part: replies.CalendarPart, answer: Answer) -> str:
    """Return what identifies an answer: a mail system that hands one in twice repeats its Message-ID and answer."""
    said = header(message, "Message-ID").strip()
    return hashlib.sha256(f"{said} {answer}".encode() if said else part.ical).hexdigest()
