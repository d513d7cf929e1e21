"""What became of every mail, in memory."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from services.notifications.domain.built import KeptText, Page, Undelivered
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import NOTICE
from services.notifications.domain.states import RETURNABLE, TO_SEND_AGAIN, WAITING, comes_from
from shared.commands.notifications import ListMails

_UNWRITTEN = {"built": False, "extra_used": False, "handing": False, "accepted_once": False}
_UNTRIED = {**_UNWRITTEN, "attempts": 0, "detail": "", "fault": "", "permanent": False, "held": False}
ERASED_SUBJECT = "(This subject named somebody who has been erased.)"
_ERASED = "(This text named somebody who has been erased.)"
_LONGEST_TIMELINE = 60


class MemoryLedger:
    """Behind the ports of the ledger. ``mentions``: whom a message that waits names; ``text_mentions``: whom a text."""

    def __init__(self) -> None:
        self.mails: dict[str, Mail] = {}
        self.mime: dict[str, bytes] = {}
        self.mentions: dict[str, set[str]] = {}
        self.texts: dict[str, KeptText] = {}
        self.text_mentions: dict[str, set[str]] = {}
        self.unpublished_ids: set[str] = set()
        self.links_due: set[str] = set()

    async def one(self, mail_id: str) -> Mail | None:
        return self.mails.get(mail_id)

    async def text(self, mail_id: str) -> KeptText | None:
        return self.texts.get(mail_id)

    async def page(self, wanted: ListMails) -> Page:
        found = [one for one in self.mails.values() if _matches(one, wanted)]
        newest = sorted(found, key=lambda one: (one.queued_at, one.mail_id), reverse=True)
        shown = tuple(newest[wanted.offset : wanted.offset + wanted.limit])
        return Page(len(found), shown, _counted(one.state for one in found), _counted(one.template for one in found))

    async def returned(self, mail: Mail, verdict: Verdict, now: dt.datetime) -> bool:
        found = self.mails.get(mail.mail_id)
        may = found is not None and found.state in RETURNABLE and found.state in comes_from(verdict.state)
        if found is None or not may or found.edition != mail.edition:
            return False
        facts: dict[str, Any] = {
            "state": verdict.state, "status": verdict.status, "permanent": verdict.suppress, "detail": verdict.detail,
            "fault": verdict.fault, "changed_at": now, "held": False,
        }  # fmt: skip
        if verdict.try_at is None:
            self.unpublished_ids.add(mail.mail_id)
        else:
            self.mime.pop(mail.mail_id, None)
            self.unpublished_ids.discard(mail.mail_id)
            facts |= {"try_at": verdict.try_at, "edition": mail.edition + 1, **_UNWRITTEN}
        self.change(found, now, f"{verdict.state}: {verdict.detail}", **facts)
        return True

    async def queue_again(self, mail_ids: Sequence[str], now: dt.datetime) -> list[Mail]:
        queued = []
        for mail_id in mail_ids:
            mail = self.mails.get(mail_id)
            if mail is None or mail.state == "sending" or mail.state not in comes_from("queued"):
                continue
            self.mime.pop(mail_id, None)
            self.unpublished_ids.discard(mail_id)
            edition = mail.edition + (1 if mail.accepted_once or mail.held else 0)
            self.change(
                mail, now, "queued again", state="queued", try_at=now, changed_at=now, edition=edition,
                resent=mail.resent + 1, first_tried=None, **_UNTRIED,
            )  # fmt: skip
            queued.append(mail)
        return queued

    async def to_send_again(self, programme_id: str) -> list[str]:
        return [
            one.mail_id
            for one in self.mails.values()
            if one.programme_id == programme_id
            and one.state in TO_SEND_AGAIN
            and not one.held
            and (one.state != "suppressed" or one.detail.startswith("Nothing is sent to this address"))
        ]

    async def undelivered(self, programme_id: str, since: dt.datetime, until: dt.datetime, limit: int) -> Undelivered:
        found = [
            one
            for one in self.mails.values()
            if one.programme_id == programme_id
            and one.state in {"bounced", "failed"}
            and one.template != NOTICE
            and since <= one.changed_at < until
        ]
        oldest = sorted(found, key=lambda one: (one.changed_at, one.mail_id))
        return Undelivered(len(found), tuple(oldest[:limit]))

    async def plain(self, target_ids: Iterable[str], person_ids: Iterable[str]) -> set[tuple[str, str]]:
        targets, people = set(target_ids), set(person_ids)
        return {
            (one.target_id, one.person_id)
            for one in self.mails.values()
            if one.target_id in targets
            and one.person_id in people
            and one.method is not None
            and one.message_id
            and (one.plain_entry or not one.sealed)
        }

    async def erase(self, person_id: str, now: dt.datetime, name: str = "") -> None:
        named = [one for one, whom in (*self.mentions.items(), *self.text_mentions.items()) if person_id in whom]
        for mail in list(self.mails.values()):
            if name and name in mail.subject and (mail.person_id == person_id or mail.mail_id in named):
                self._set(mail, subject=ERASED_SUBJECT)
        for mail in [one for one in self.mails.values() if one.person_id == person_id]:
            if mail.state in WAITING or mail.held:
                self.mime.pop(mail.mail_id, None)
                gone = {"state": "suppressed", "held": False, "detail": "The person has been erased."}
                self._set(mail, **gone, changed_at=now, to="", timeline=())
            else:
                self._set(mail, to="", timeline=())
        for mail_id in [one for one, named in self.mentions.items() if person_id in named]:
            if self.mails[mail_id].state in WAITING:
                self._set(self.mails[mail_id], built=False)
            self.mime.pop(mail_id, None)
            self.mentions[mail_id].discard(person_id)
        for mail_id in [one for one, named in self.text_mentions.items() if person_id in named]:
            self.texts[mail_id] = KeptText(_ERASED, f"<p>{_ERASED}</p>", self.texts[mail_id].attachments)
            self.text_mentions[mail_id] = set()

    def _set(self, mail: Mail, **changes: Any) -> Mail:
        self.mails[mail.mail_id] = mail.model_copy(update=changes)
        return self.mails[mail.mail_id]

    def change(self, mail: Mail, now: dt.datetime, said: str, **changes: Any) -> Mail:
        timeline = (*mail.timeline, f"{now:%Y-%m-%d %H:%M:%S} {said}")[-_LONGEST_TIMELINE:]
        return self._set(mail, **changes, timeline=timeline)


def _matches(mail: Mail, wanted: ListMails) -> bool:
    exact = {
        "person_id": wanted.person_id, "programme_id": wanted.programme_id, "template": wanted.template,
        "state": wanted.state, "target_id": wanted.target_id,
        "held": wanted.held,
    }  # fmt: skip
    if wanted.concerning and not wanted.person_id and mail.person_id not in wanted.concerning:
        return False
    return all(getattr(mail, name) == value for name, value in exact.items() if value)


def _counted(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
