"""Mails that a restore holds, in memory."""

import datetime as dt
from collections.abc import Iterator, Sequence

from services.notifications.domain.mail import DROPPED, HELD, Mail
from services.notifications.domain.states import WAITING
from shared.commands.notifications_held import HeldMails
from tests.fakes.notifications.mails import MemoryMails


class MemoryHeld:
    """Behind ``ports.Held``, over the rows of the queue."""

    def __init__(self, mails: MemoryMails) -> None:
        self._all = mails

    async def hold(self, until: dt.datetime, now: dt.datetime) -> int:
        for mail_id in self._all.unpublished_ids:
            self._all.mails[mail_id] = self._all.mails[mail_id].model_copy(update={"restored": True})
        on_their_way = {*WAITING, "sending"}
        due = [one for one in self._all.mails.values() if one.state in on_their_way and one.try_at <= until]
        for one in due:
            kept = {"state": "unknown", "held": True, "detail": HELD, "changed_at": now}
            self._all.change(one, now, "held after a restore", **kept)
            self._all.mime.pop(one.mail_id, None)
            self._all.links_due.add(one.mail_id)
        return len(due)

    async def held(self) -> int:
        return len(list(self._matching(HeldMails())))

    async def release(self, which: HeldMails, now: dt.datetime) -> int:
        found = list(self._matching(which))
        for one in found:
            self._all.change(
                one, now, "let go after a restore", state="queued", held=False, try_at=now, changed_at=now,
                built=False, attempts=0, extra_used=False, detail="", handing=False, accepted_once=False,
                edition=one.edition + 1, resent=one.resent + 1, first_tried=None,
            )  # fmt: skip
        return len(found)

    async def drop(self, which: HeldMails, now: dt.datetime) -> int:
        found = list(self._matching(which))
        for one in found:
            gone = {"state": "suppressed", "held": False, "detail": DROPPED, "changed_at": now}
            self._all.change(one, now, f"suppressed: {DROPPED}", **gone)
        return len(found)

    async def without_links(self, limit: int) -> list[Mail]:
        return [self._all.mails[mail_id] for mail_id in sorted(self._all.links_due)][:limit]

    async def links_issued(self, mail_ids: Sequence[str]) -> None:
        self._all.links_due -= set(mail_ids)

    def _matching(self, which: HeldMails) -> Iterator[Mail]:
        wanted = {name: value for name, value in which.model_dump().items() if value}
        held = [one for one in self._all.mails.values() if one.state == "unknown" and one.held]
        return iter([one for one in held if all(getattr(one, name) == value for name, value in wanted.items())])
