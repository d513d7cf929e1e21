"""Mails on their way. States only change by updates that name the state they start from, so two workers never clash."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

from services.notifications.domain.built import Built
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import events_of
from services.notifications.domain.refusals import TRIED_AGAIN
from services.notifications.domain.settled import Settled
from services.notifications.domain.states import MOVES, WAITING
from services.notifications.store.documents import WITHOUT_TEXT, mail, mail_document, noted
from shared.commands.notifications import MailState
from shared.mongo import ASCENDING, Database, Document, UpdateOne

_MOST_FOLLOWED = 50
_IN_TURN = [("rank", ASCENDING), ("try_at", ASCENDING)]


class MongoQueue:
    """Behind ``ports.Intake``, ``Queue``, ``Drafts`` and ``Outcomes``."""

    def __init__(self, database: Database) -> None:
        self._mails = database["mails"]
        self._texts = database["texts"]
        self._workers = database["workers"]

    async def add(self, mails: Sequence[Mail]) -> None:
        """Keep new mails; one that is there already stays as it is."""
        await self._mails.bulk_write(
            [UpdateOne({"_id": new.mail_id}, {"$setOnInsert": mail_document(new)}, upsert=True) for new in mails]
        )

    async def gather(self, mail: Mail, now: dt.datetime) -> bool:
        """Keep a new mail that takes in more until it goes out; False when one of its id may have gone out.

        In a transaction it conflicts with a worker that claims the mail meanwhile, so nothing is added too late.
        """
        waiting = {"_id": mail.mail_id, "state": {"$in": sorted(WAITING)}, "extra_used": {"$ne": True}}
        also = {"follows": {"$each": list(mail.follows), "$slice": -_MOST_FOLLOWED}}
        fresh = {"$set": {"built": False, "changed_at": now}, "$unset": {"mime": ""}, "$push": also}
        if await self._mails.update_one(waiting, fresh):
            return True
        new = {"$setOnInsert": mail_document(mail)}
        return not await self._mails.update_one({"_id": mail.mail_id}, new, upsert=True)

    async def supersede(
        self, target_id: str, person_ids: Sequence[str], except_ids: Sequence[str], now: dt.datetime
    ) -> int:
        """Hold back invitations to the same target that still wait, now that newer ones exist; return how many."""
        older = {
            "refs.target": target_id,
            "person_id": {"$in": list(person_ids)},
            "_id": {"$nin": list(except_ids)},
            "method": {"$exists": True},
            "$or": [{"state": {"$in": sorted(WAITING)}}, {"held": True}],
        }
        why = "A newer invitation takes its place."
        gone = {"state": "suppressed", "held": False, "changed_at": now, "detail": why}
        change = {"$set": gone, "$unset": {"mime": ""}}
        return await self._mails.update_many(older, {**change, **noted(now, f"suppressed: {why}")})

    async def claim(self, owner: str, limit: int, now: dt.datetime, kinds: Collection[str] | None = None) -> list[Mail]:
        """Take up to ``limit`` mails that are due, for this worker alone; with ``kinds``, only those."""
        due: Document = {"state": {"$in": sorted(WAITING)}, "try_at": {"$lte": now}}
        if kinds is not None:
            due["template"] = {"$in": sorted(kinds)}
        found = await self._mails.find(due, sort=_IN_TURN, limit=limit, projection={"_id": 1}).to_list()
        if not found:
            return []
        claim = uuid4().hex
        taken = {"state": "sending", "owner": owner, "claim": claim, "handing": False, "changed_at": now}
        await self._mails.update_many(
            {"_id": {"$in": [row["_id"] for row in found]}, **due}, {"$set": taken, "$inc": {"attempts": 1}}
        )
        claimed = self._mails.find({"claim": claim}, sort=_IN_TURN, projection=WITHOUT_TEXT)
        return [mail(row) async for row in claimed]

    async def keep(self, built: Sequence[Built]) -> None:
        """Keep what was written for claimed mails."""
        await self._mails.bulk_write(
            [UpdateOne({"_id": one.mail_id, "state": "sending"}, _written(one)) for one in built]
        )
        await self._texts.bulk_write([UpdateOne({"_id": one.mail_id}, _text(one), upsert=True) for one in built])

    async def outgoing(self, mail_id: str) -> bytes | None:
        """Return what goes to the relay, if it is written and not yet accepted."""
        found = await self._mails.find_one({"_id": mail_id}, projection={"mime": 1})
        return bytes(found["mime"]) if found and "mime" in found else None

    async def note(self, begun: Sequence[tuple[Mail, dt.datetime]], settled: Sequence[Settled]) -> set[str]:
        """Note at once that handing over begins and what became of others; return which of ``begun`` may go on."""
        writes = [UpdateOne(_held(one.mail), _settled(one)) for one in settled]
        writes += [
            UpdateOne(_held(mail), {"$set": {"handing": True}, "$min": {"first_tried": at}}) for mail, at in begun
        ]
        claims = {mail.mail_id: mail.claim for mail, _ in begun}
        if await self._mails.bulk_write(writes, ordered=False) == len(writes):
            return set(claims)
        handing = {"_id": {"$in": sorted(claims)}, "state": "sending", "handing": True}
        found = self._mails.find(handing, projection={"claim": 1})
        return {row["_id"] async for row in found if row["claim"] == claims[row["_id"]]}

    async def settle(self, claimed: Mail, verdict: Verdict, now: dt.datetime, *, extra: bool = False) -> bool:
        """Note what became of a claimed mail; False when it was settled otherwise meanwhile."""
        return bool(await self._mails.update_one(_held(claimed), _settled(Settled(claimed, verdict, now, extra))))

    async def postpone(self, why: str, now: dt.datetime) -> int:
        """Defer every queued mail that is due, because no mail can go out; each stays due. Return how many."""
        due = {"state": "queued", "try_at": {"$lte": now}}
        change = {"$set": {"state": "deferred", "changed_at": now, "detail": why}, **noted(now, f"deferred: {why}")}
        return await self._mails.update_many(due, change)

    async def counts(self) -> dict[MailState, int]:
        """Return how many mails are in each state; each count is answered from the index."""
        return {state: await self._mails.count({"state": state}) for state in MOVES}

    async def refused(self) -> dict[str, int]:
        """Return how many mails wait because they were refused, by whose fault it is."""
        rows = self._mails.aggregate(
            [
                {"$match": {"state": "deferred", "fault": {"$in": sorted(TRIED_AGAIN)}}},
                {"$group": {"_id": "$fault", "n": {"$sum": 1}}},
            ]
        )
        found = {row["_id"]: row["n"] for row in await rows.to_list()}
        return {fault: found.get(fault, 0) for fault in sorted(TRIED_AGAIN)}

    async def release(self, owner: str) -> int:
        """Give back what this worker has claimed and not begun."""
        mine = {"owner": owner, "state": "sending", "handing": False}
        return await self._mails.update_many(
            mine, {"$set": {"state": "queued"}, "$unset": {"claim": ""}, "$inc": {"attempts": -1}}
        )

    async def beat(self, owner: str) -> None:
        """Show that this worker lives, by the database's clock: ours may be moved, and machines differ."""
        await self._workers.update_one({"_id": owner}, {"$currentDate": {"seen": True}}, upsert=True)

    async def orphans(self, silent_seconds: float) -> list[Mail]:
        """Return claimed mails whose worker has been silent for so long."""
        recent = {"$expr": {"$gte": ["$seen", {"$subtract": ["$$NOW", int(silent_seconds * 1000)]}]}}
        alive = [row["_id"] async for row in self._workers.find(recent)]
        left = {"state": "sending", "owner": {"$nin": alive}}
        return [mail(row) async for row in self._mails.find(left, limit=500, projection=WITHOUT_TEXT)]

    async def unpublished(self, limit: int) -> list[Mail]:
        """Return mails whose outcome has not been published."""
        rows = self._mails.find({"untold": True}, limit=limit, projection=WITHOUT_TEXT)
        return [mail(row) async for row in rows]

    async def mark_published(self, mails: Sequence[Mail]) -> None:
        """Note that the outcome of these mails, as they stand, is published."""
        await self._mails.bulk_write(
            [
                UpdateOne(
                    {"_id": one.mail_id, "told": one.published},
                    {"$unset": {"untold": "", "restored": ""}, "$inc": {"told": len(events_of(one))}},
                )
                for one in mails
            ]
        )


def _written(one: Built) -> Document:
    fields = ("to", "subject", "template_version", "message_id", "mime", "plain_entry")
    kept = {name: getattr(one, name) for name in fields}
    return {"$set": {**kept, "mentions": list(one.mentions), "built": True, "sealed": True}}


def _text(one: Built) -> Document:
    fields = {"text": one.text, "html": one.html, "attachments": list(one.attachments), "mentions": list(one.mentions)}
    return {"$set": fields}


def _held(claimed: Mail) -> Document:
    return {"_id": claimed.mail_id, "state": "sending", "claim": claimed.claim}


def _settled(one: Settled) -> Document:
    verdict = one.verdict
    change: dict[str, Any] = {
        "state": verdict.state, "changed_at": one.at, "detail": verdict.detail, "handing": False,
        "status": verdict.status, "permanent": verdict.suppress, "fault": verdict.fault,
    }  # fmt: skip
    if verdict.try_at is not None:
        change["try_at"] = verdict.try_at
    if one.extra:
        change["extra_used"] = True
    if verdict.state == "accepted":
        change["accepted_once"] = True
    if verdict.state in {"bounced", "failed"} or (verdict.state == "accepted" and one.mail.method is not None):
        change["untold"] = True
    gone = {"claim": "", **({"mime": ""} if verdict.state in {"accepted", "suppressed"} else {})}
    said = f"{verdict.state}: {verdict.detail}" if verdict.detail else verdict.state
    return {"$set": change, "$unset": gone, **noted(one.at, said)}
