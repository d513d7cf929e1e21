"""Mails that a restore holds."""

import datetime as dt
from collections.abc import Sequence

from services.notifications.domain.mail import DROPPED, HELD, Mail
from services.notifications.domain.states import WAITING
from services.notifications.store.documents import WITHOUT_TEXT, mail, noted
from shared.commands.notifications_held import HeldMails
from shared.mongo import Database, Document


class MongoHeld:
    """Behind ``ports.Held``."""

    def __init__(self, database: Database) -> None:
        self._mails = database["mails"]

    async def hold(self, until: dt.datetime, now: dt.datetime) -> int:
        """Hold every mail on its way that was due by ``until``; mark what is still to be published of others."""
        due = {"state": {"$in": [*sorted(WAITING), "sending"]}, "try_at": {"$lte": until}}
        held = {"state": "unknown", "held": True, "links_due": True, "detail": HELD, "changed_at": now}
        change = {"$set": held, "$unset": {"mime": "", "claim": ""}, **noted(now, "held after a restore")}
        await self._mails.update_many({"untold": True}, {"$set": {"restored": True}})
        return await self._mails.update_many(due, change)

    async def held(self) -> int:
        """Return how many are held."""
        return await self._mails.count({"state": "unknown", "held": True})

    async def release(self, which: HeldMails, now: dt.datetime) -> int:
        """Queue the held mails that match as new editions; return how many."""
        fresh = {
            "state": "queued", "held": False, "try_at": now, "changed_at": now, "built": False, "attempts": 0,
            "extra_used": False, "detail": "", "handing": False, "accepted_once": False,
        }  # fmt: skip
        change = {"$set": fresh, "$inc": {"edition": 1, "resent": 1}, "$unset": {"first_tried": ""}}
        return await self._mails.update_many(_matching(which), {**change, **noted(now, "let go after a restore")})

    async def drop(self, which: HeldMails, now: dt.datetime) -> int:
        """Never send the held mails that match; return how many."""
        gone = {"state": "suppressed", "held": False, "detail": DROPPED, "changed_at": now}
        return await self._mails.update_many(_matching(which), {"$set": gone, **noted(now, f"suppressed: {DROPPED}")})

    async def without_links(self, limit: int) -> list[Mail]:
        """Return mails that were held and whose earlier links have not been issued again."""
        rows = self._mails.find({"links_due": True}, limit=limit, projection=WITHOUT_TEXT)
        return [mail(row) async for row in rows]

    async def links_issued(self, mail_ids: Sequence[str]) -> None:
        """Note that the earlier links of these mails work again."""
        await self._mails.update_many({"_id": {"$in": list(mail_ids)}}, {"$unset": {"links_due": ""}})


def _matching(which: HeldMails) -> Document:
    exact = {
        "_id": which.mail_id, "person_id": which.person_id, "template": which.template,
        "programme_id": which.programme_id,
    }  # fmt: skip
    return {"state": "unknown", "held": True, **{name: value for name, value in exact.items() if value}}
