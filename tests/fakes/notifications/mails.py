"""Every mail in memory: the queue that workers empty and the ledger that people ask, over the same rows."""

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from services.notifications.domain.built import Built, KeptText
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import events_of
from services.notifications.domain.refusals import TRIED_AGAIN
from services.notifications.domain.settled import Settled
from services.notifications.domain.states import MOVES, WAITING
from shared.commands.notifications import MailState
from tests.fakes.notifications.ledger import MemoryLedger


class MemoryMails(MemoryLedger):
    """Behind every port of ``ports/mails``. ``seconds`` is the clock of the database, by which workers show life."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._seen: dict[str, float] = {}
        self._claims = 0

    async def add(self, mails: Sequence[Mail]) -> None:
        for mail in mails:
            if mail.mail_id not in self.mails:
                self.links_due |= {mail.mail_id} if mail.held else set()
                self.mails[mail.mail_id] = mail.model_copy(update={"timeline": (_line(mail.queued_at, "queued"),)})

    async def gather(self, mail: Mail, now: dt.datetime) -> bool:
        there = self.mails.get(mail.mail_id)
        if there is None:
            await self.add([mail])
            return True
        if there.state not in WAITING or there.extra_used:
            return False
        self._set(there, built=False, changed_at=now, follows=(*there.follows, *mail.follows)[-50:])
        self.mime.pop(mail.mail_id, None)
        return True

    async def supersede(
        self, target_id: str, person_ids: Sequence[str], except_ids: Sequence[str], now: dt.datetime
    ) -> int:
        why = "A newer invitation takes its place."
        older = [
            one
            for one in self.mails.values()
            if (one.state in WAITING or one.held)
            and one.target_id == target_id
            and one.person_id in person_ids
            and one.mail_id not in except_ids
            and one.method is not None
        ]
        for one in older:
            self.change(one, now, f"suppressed: {why}", state="suppressed", held=False, changed_at=now, detail=why)
            self.mime.pop(one.mail_id, None)
        return len(older)

    async def claim(self, owner: str, limit: int, now: dt.datetime, kinds: Collection[str] | None = None) -> list[Mail]:
        waiting = (one for one in self._in(*WAITING) if kinds is None or one.template in kinds)
        due = sorted((one for one in waiting if one.try_at <= now), key=lambda one: (one.rank, one.try_at))
        self._claims += 1
        claim = f"claim-{self._claims}"
        taken = {"state": "sending", "owner": owner, "claim": claim, "handing": False, "changed_at": now}
        return [self._set(one, **taken, attempts=one.attempts + 1) for one in due[:limit]]

    async def keep(self, built: Sequence[Built]) -> None:
        for one in built:
            self.texts[one.mail_id] = KeptText(one.text, one.html, one.attachments)
            self.text_mentions[one.mail_id] = set(one.mentions)
            mail = self.mails.get(one.mail_id)
            if mail is not None and mail.state == "sending":
                self.mime[one.mail_id], self.mentions[one.mail_id] = one.mime, set(one.mentions)
                fields = ("to", "subject", "template_version", "message_id", "plain_entry")
                self._set(mail, **{name: getattr(one, name) for name in fields}, built=True, sealed=True)

    async def outgoing(self, mail_id: str) -> bytes | None:
        return self.mime.get(mail_id)

    async def note(self, begun: Sequence[tuple[Mail, dt.datetime]], settled: Sequence[Settled]) -> set[str]:
        for one in settled:
            await self.settle(one.mail, one.verdict, one.at, extra=one.extra)
        held = [(mail, at) for claimed, at in begun if (mail := self._mine(claimed))]
        for mail, at in held:
            self._set(mail, handing=True, first_tried=min(mail.first_tried or at, at))
        return {mail.mail_id for mail, _ in held}

    async def settle(self, claimed: Mail, verdict: Verdict, now: dt.datetime, *, extra: bool = False) -> bool:
        mail = self._mine(claimed)
        if mail is None:
            return False
        change: dict[str, Any] = {
            "state": verdict.state, "changed_at": now, "detail": verdict.detail, "handing": False,
            "status": verdict.status, "permanent": verdict.suppress, "fault": verdict.fault,
            "try_at": verdict.try_at or mail.try_at,
            "extra_used": mail.extra_used or extra, "accepted_once": mail.accepted_once or verdict.state == "accepted",
        }  # fmt: skip
        said = f"{verdict.state}: {verdict.detail}" if verdict.detail else verdict.state
        self.change(mail, now, said, **change)
        if verdict.state in {"bounced", "failed"} or (verdict.state == "accepted" and claimed.method is not None):
            self.unpublished_ids.add(mail.mail_id)
        if verdict.state in {"accepted", "suppressed"}:
            self.mime.pop(mail.mail_id, None)
        return True

    async def postpone(self, why: str, now: dt.datetime) -> int:
        due = [one for one in self._in("queued") if one.try_at <= now]
        for one in due:
            self.change(one, now, f"deferred: {why}", state="deferred", changed_at=now, detail=why)
        return len(due)

    async def counts(self) -> dict[MailState, int]:
        return {state: len(list(self._in(state))) for state in MOVES}

    async def refused(self) -> dict[str, int]:
        waiting = [one.fault for one in self._in("deferred")]
        return {fault: sum(one == fault for one in waiting) for fault in sorted(TRIED_AGAIN)}

    async def release(self, owner: str) -> int:
        held = [one for one in self._in("sending") if one.owner == owner and not one.handing]
        for one in held:
            self._set(one, state="queued", attempts=one.attempts - 1)
        return len(held)

    async def beat(self, owner: str) -> None:
        self._seen[owner] = self._seconds()

    async def orphans(self, silent_seconds: float) -> list[Mail]:
        since = self._seconds() - silent_seconds
        alive = {owner for owner, seen in self._seen.items() if seen >= since}
        return [one for one in self._in("sending") if one.owner not in alive]

    async def unpublished(self, limit: int) -> list[Mail]:
        return [self.mails[one] for one in sorted(self.unpublished_ids)][:limit]

    async def mark_published(self, mails: Sequence[Mail]) -> None:
        for one in mails:
            mail = self.mails[one.mail_id]
            if mail.published == one.published:
                self.unpublished_ids.discard(one.mail_id)
                self._set(mail, published=mail.published + len(events_of(one)), restored=False)

    def _in(self, *states: str) -> Iterator[Mail]:
        return iter([one for one in self.mails.values() if one.state in states])

    def _mine(self, claimed: Mail) -> Mail | None:
        mail = self.mails.get(claimed.mail_id)
        held = mail is not None and mail.state == "sending" and mail.claim == claimed.claim
        return mail if held else None


def _line(at: dt.datetime, what: str) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} {what}"
