"""What became of every mail, for people who ask, and what they can do about it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from services.notifications.domain.built import KeptText, Page, Undelivered
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import NOTICE
from services.notifications.domain.states import RETURNABLE, TO_SEND_AGAIN, WAITING, comes_from
from services.notifications.store.documents import WITHOUT_TEXT, mail
from shared.commands.notifications import ListMails
from shared.mongo import ASCENDING, DESCENDING, Database, Document

COUNTED = ("programme_id", "state", "template")
"""The index by which mails are counted."""
_UNWRITTEN = {"built": False, "extra_used": False, "handing": False, "accepted_once": False}
_UNTRIED = {**_UNWRITTEN, "attempts": 0, "detail": "", "fault": "", "permanent": False, "held": False}
ERASED_SUBJECT = "(This subject named somebody who has been erased.)"
_ERASED = "(This text named somebody who has been erased.)"


class MongoLedger:
    """Behind ``ports.Ledger``, ``Resending``, ``Returns``, ``Troubles``, ``Entries`` and ``Erasure``."""

    def __init__(self, database: Database) -> None:
        self._mails = database["mails"]
        self._texts = database["texts"]

    async def one(self, mail_id: str) -> Mail | None:
        """Return a mail."""
        found = await self._mails.find_one({"_id": mail_id}, projection=WITHOUT_TEXT)
        return mail(found) if found else None

    async def text(self, mail_id: str) -> KeptText | None:
        """Return a mail's text."""
        found = await self._texts.find_one({"_id": mail_id})
        return KeptText(found["text"], found["html"], tuple(found["attachments"])) if found else None

    async def page(self, wanted: ListMails) -> Page:
        """Return mails, newest first."""
        where = _where(wanted)
        newest = [("queued_at", DESCENDING), ("_id", DESCENDING)]
        rows = self._mails.find(where, sort=newest, limit=wanted.limit, skip=wanted.offset, projection=WITHOUT_TEXT)
        mails = tuple([mail(row) async for row in rows])
        by_state, by_template = await self._counted(where)
        return Page(sum(by_state.values()), mails, by_state, by_template)

    async def _counted(self, where: Document) -> tuple[dict[str, int], dict[str, int]]:
        """How many there are by state and by kind. Where the index has all that is asked, no mail itself is read."""
        in_index: list[Document] = [{"$sort": dict.fromkeys(COUNTED, 1)}] if where.keys() <= set(COUNTED) else []
        by = {"state": "$state", "template": "$template"}
        rows = self._mails.aggregate([{"$match": where}, *in_index, {"$group": {"_id": by, "n": {"$sum": 1}}}])
        states, templates = Counter[str](), Counter[str]()
        async for row in rows:
            states[row["_id"]["state"]] += row["n"]
            templates[row["_id"]["template"]] += row["n"]
        return dict(sorted(states.items())), dict(sorted(templates.items()))

    async def returned(self, mail: Mail, verdict: Verdict, now: dt.datetime) -> bool:
        """Note what becomes of a mail that came back; False when it has not been sent, or sent again since."""
        change = {
            "state": verdict.state, "status": verdict.status, "permanent": verdict.suppress, "detail": verdict.detail,
            "fault": verdict.fault, "changed_at": now, "held": False,
        }  # fmt: skip
        if verdict.try_at is None:
            update: Document = {"$set": {**change, "untold": True}}
        else:
            fresh = {"try_at": verdict.try_at, "edition": mail.edition + 1, **_UNWRITTEN}
            update = {"$set": {**change, **fresh}, "$unset": {"mime": "", "claim": "", "untold": ""}}
        update["$push"] = {"timeline": f"{now:%Y-%m-%d %H:%M:%S} {verdict.state}: {verdict.detail}"}
        before = [one for one in comes_from(verdict.state) if one in RETURNABLE]
        guard = {"_id": mail.mail_id, "edition": mail.edition, "state": {"$in": before}}
        return bool(await self._mails.update_one(guard, update))

    async def queue_again(self, mail_ids: Sequence[str], now: dt.datetime) -> list[Mail]:
        """Queue mails once more and return those that could be. An accepted one gets a new Message-ID."""
        queued = []
        for mail_id in mail_ids:
            found = await self._mails.find_one({"_id": mail_id, "state": {"$in": comes_from("queued")}})
            if found is None or found["state"] == "sending":
                continue
            edition = found["edition"] + (1 if found.get("accepted_once") or found.get("held") else 0)
            change = {"state": "queued", "try_at": now, "changed_at": now, "edition": edition}
            fresh = {**change, **_UNTRIED}
            noted = {"$push": {"timeline": f"{now:%Y-%m-%d %H:%M:%S} queued again"}}
            gone = {"mime": "", "first_tried": "", "claim": "", "untold": ""}
            guard = {"_id": mail_id, "state": found["state"], "changed_at": found["changed_at"]}
            if await self._mails.update_one(guard, {"$set": fresh, "$inc": {"resent": 1}, "$unset": gone, **noted}):
                queued.append(mail(found))
        return queued

    async def to_send_again(self, programme_id: str) -> list[str]:
        """Return the mails of a programme that failed, bounced or stayed unknown, and those held back by address."""
        again = [
            {"state": {"$in": sorted(TO_SEND_AGAIN - {"suppressed"})}, "held": {"$ne": True}},
            {"state": "suppressed", "detail": {"$regex": "^Nothing is sent to this address"}},
        ]
        rows = self._mails.find({"programme_id": programme_id, "$or": again}, projection={"_id": 1})
        return [row["_id"] async for row in rows]

    async def undelivered(self, programme_id: str, since: dt.datetime, until: dt.datetime, limit: int) -> Undelivered:
        """Count the mails of a programme that bounced or failed in that time, but for notices; return the first."""
        where = {
            "programme_id": programme_id,
            "state": {"$in": ["bounced", "failed"]},
            "template": {"$ne": NOTICE},
            "changed_at": {"$gte": since, "$lt": until},
        }
        oldest = [("changed_at", ASCENDING), ("_id", ASCENDING)]
        rows = self._mails.find(where, sort=oldest, limit=limit, projection=WITHOUT_TEXT)
        return Undelivered(await self._mails.count(where), tuple([mail(row) async for row in rows]))

    async def plain(self, target_ids: Iterable[str], person_ids: Iterable[str]) -> set[tuple[str, str]]:
        """Return (target, person) of those whose entry was written without a seal, as release 0.1.0 did."""
        where = {
            "refs.target": {"$in": sorted(target_ids)},
            "person_id": {"$in": sorted(person_ids)},
            "method": {"$exists": True},
            "message_id": {"$nin": ["", None]},
            "$or": [{"sealed": {"$ne": True}}, {"plain_entry": True}],
        }
        rows = self._mails.find(where, projection={"refs.target": 1, "person_id": 1})
        return {(row["refs"]["target"], row["person_id"]) async for row in rows}

    async def erase(self, person_id: str, now: dt.datetime, name: str = "") -> None:
        """Blank a person's address and every text and subject that names them; what waits for them is held back."""
        held = {"state": "suppressed", "held": False, "detail": "The person has been erased.", "changed_at": now}
        waiting = {"person_id": person_id, "$or": [{"state": {"$in": sorted(WAITING)}}, {"held": True}]}
        await self._mails.update_many(waiting, {"$set": held, "$unset": {"mime": ""}})
        await self._mails.update_many({"person_id": person_id}, {"$set": {"to": "", "timeline": []}})
        named = {"mentions": person_id}
        if name:
            await self._blank_subjects(person_id, name)
        await self._mails.update_many({**named, "state": {"$in": sorted(WAITING)}}, {"$set": {"built": False}})
        await self._mails.update_many(named, {"$unset": {"mime": ""}, "$pull": {"mentions": person_id}})
        blank = {"text": _ERASED, "html": f"<p>{_ERASED}</p>", "mentions": []}
        await self._texts.update_many(named, {"$set": blank})

    async def _blank_subjects(self, person_id: str, name: str) -> None:
        """Blank the subjects that hold a name, of mails to a person and of mails whose text names them."""
        texts = self._texts.find({"mentions": person_id}, projection={"_id": 1})
        mails = [row["_id"] async for row in texts]
        theirs = [{"person_id": person_id}, {"mentions": person_id}, {"_id": {"$in": mails}}]
        where = {"$or": theirs, "subject": {"$regex": re.escape(name)}}
        await self._mails.update_many(where, {"$set": {"subject": ERASED_SUBJECT}})


def _where(wanted: ListMails) -> Document:
    exact = {
        "person_id": wanted.person_id, "programme_id": wanted.programme_id, "template": wanted.template,
        "state": wanted.state, "refs.target": wanted.target_id, "held": wanted.held,
    }  # fmt: skip
    where: Document = {name: value for name, value in exact.items() if value}
    if wanted.concerning:
        where.setdefault("person_id", {"$in": sorted(wanted.concerning)})
    return where
