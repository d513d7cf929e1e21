"""Both sides of every mail: Kindred's record, read page by page, and what arrived."""

import datetime as dt
from typing import Any

from kindred.demo import mail_ledger
from kindred.demo.mail_ledger import MailLedger
from kindred.demo.mailbox import Received
from shared.commands.notifications import ListMails, MailRow, MailRows

BEGAN = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)


def mail(number: int, person: str = "per-1", template: str = "visit-moved", **changed: Any) -> MailRow:
    told: dict[str, Any] = {"mail_id": f"mai-{number}", "person_id": person, "to": "a@x.example", "template": template}
    told |= {"template_version": "1", "subject": "s", "state": "accepted", "attempts": 1, "message_id": "<m>"}
    at = BEGAN + dt.timedelta(minutes=number)
    return MailRow(**{**told, "queued_at": at, "changed_at": at, "target_id": "vis-1", **changed})


class Kindred:
    """Answers with its mails, newest first, a page at a time."""

    def __init__(self, *mails: MailRow) -> None:
        self.mails = list(mails)
        self.asked: list[int] = []

    async def find(self, query: Any) -> Any:
        assert isinstance(query, ListMails)
        self.asked.append(query.offset)
        ordered = sorted(self.mails, key=lambda row: row.queued_at, reverse=True)
        states = {state: sum(row.state == state for row in self.mails) for state in ("queued", "sending", "accepted")}
        page = tuple(ordered[query.offset : query.offset + query.limit])
        return MailRows(total=len(ordered), mails=page, by_state=states, by_template={})


class Arrived:
    """A mailbox with these mails in it."""

    def __init__(self, *mail_ids: str) -> None:
        self.mail_ids = mail_ids

    async def refresh(self) -> None:
        return

    def by_mail_id(self) -> dict[str, list[Received]]:
        return {one: [Received(one, "a@x.example", "s", f"<{one}>", b"")] for one in self.mail_ids}


def ledger(kindred: Kindred, *arrived: str) -> MailLedger:
    mailbox: Any = Arrived(*arrived)
    return MailLedger(kindred, mailbox)


async def test_every_page_is_read_and_later_only_what_is_new(monkeypatch) -> None:
    monkeypatch.setattr(mail_ledger, "LATELY", 2)
    kindred = Kindred(*map(mail, range(5)))
    books = ledger(kindred)
    await books.refresh()
    assert sorted(books.rows) == [f"mai-{n}" for n in range(5)]
    assert kindred.asked == [0, 2, 4]
    kindred.mails.append(mail(5))
    await books.refresh()
    assert len(books.rows) == 6
    assert kindred.asked == [0, 2, 4, 0, 2]


async def test_read_whole_a_state_that_changed_is_seen() -> None:
    kindred = Kindred(mail(1, state="sending"), mail(2))
    books = ledger(kindred)
    await books.refresh()
    kindred.mails[0] = mail(1, state="accepted")
    await books.refresh(whole=True)
    assert books.rows["mai-1"].state == "accepted"


async def test_mails_are_found_by_kind_person_and_target_oldest_first() -> None:
    kindred = Kindred(mail(3), mail(1), mail(2, "per-2"), mail(4, template="cohort-formed"), mail(5, target_id="vis-2"))
    books = ledger(kindred)
    await books.refresh()
    assert [row.mail_id for row in books.find("visit-moved", "per-1", "vis-1")] == ["mai-1", "mai-3"]
    assert [row.mail_id for row in books.find("visit-moved", "per-1")] == ["mai-1", "mai-3", "mai-5"]
    assert [row.mail_id for row in books.find("visit-moved", target_id="vis-1")] == ["mai-1", "mai-2", "mai-3"]
    assert books.find("visit-moved", "per-9", "vis-1") == []


async def test_what_arrived_is_told_by_kindreds_id_and_what_did_not_is_none() -> None:
    books = ledger(Kindred(mail(1), mail(2)), "mai-1")
    await books.refresh()
    found = books.letter(mail(1))
    assert found is not None
    assert found.key == "mai-1"
    assert books.letter(mail(2)) is None


async def test_mails_that_are_not_handed_over_are_under_way() -> None:
    now = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
    morning = now + dt.timedelta(hours=19)
    kept = (mail(1, state="queued"), mail(2, state="sending"), mail(3), mail(4, state="queued", not_before=morning))
    books = ledger(Kindred(*kept))
    assert await books.under_way(now) == 2
    assert await books.under_way(morning) == 3
