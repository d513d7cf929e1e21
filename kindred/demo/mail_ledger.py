"""Kindred's record of its mails beside what arrived: which mail of which kind a person got about what."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from kindred.demo.mailbox import Mailbox, Received
from shared.commands.base import Query, Reply
from shared.commands.notifications import ListMails, MailRow, MailRows

PAGE, LATELY = 500, 100
"""Rows that are asked for at once, of all and of the latest: few come between two looks."""
UNDER_WAY = frozenset({"queued", "sending", "deferred"})


class Finder(Protocol):
    """What the ledger needs of the bus client."""

    async def find(self, query: Query) -> Reply:
        """Ask what a service knows."""
        ...


class MailLedger:
    """Both sides of every mail, by Kindred's id of it."""

    def __init__(self, client: Finder, mailbox: Mailbox) -> None:
        self._client = client
        self._mailbox = mailbox
        self.rows: dict[str, MailRow] = {}
        self.received: dict[str, list[Received]] = {}
        self._places: dict[tuple[str, str, str], list[str]] = {}

    async def under_way(self, now: dt.datetime) -> int:
        """How many mails are not handed over yet, but for those that gather until a later moment than `now`."""
        found = await self._client.find(ListMails(limit=1))
        assert isinstance(found, MailRows)
        count = sum(found.by_state.get(state, 0) for state in UNDER_WAY)
        return count - await self._gathering(now) if count else 0

    async def _gathering(self, now: dt.datetime) -> int:
        count, offset = 0, 0
        while True:
            page = await self._client.find(ListMails(state="queued", limit=PAGE, offset=offset))
            assert isinstance(page, MailRows)
            count += sum(row.not_before is not None and row.not_before > now for row in page.mails)
            offset += len(page.mails)
            if offset >= page.total or not page.mails:
                return count

    async def refresh(self, *, whole: bool = False) -> None:
        """Look again; `whole` reads every row anew, otherwise only those that came since."""
        offset, limit = 0, PAGE if whole else LATELY
        while True:
            page = await self._client.find(ListMails(limit=limit, offset=offset))
            assert isinstance(page, MailRows)
            fresh = [row for row in page.mails if row.mail_id not in self.rows]
            self._take(page.mails)
            offset += len(page.mails)
            if offset >= page.total or not page.mails or (not fresh and not whole):
                break
        await self._mailbox.refresh()
        self.received = self._mailbox.by_mail_id()

    def find(self, template: str, person_id: str = "", target_id: str = "") -> list[MailRow]:
        """Mails of a kind to a person about a target, oldest first; what is left empty is not asked about."""
        if person_id and target_id:
            rows: Iterable[MailRow] = (self.rows[key] for key in self._places.get((template, person_id, target_id), ()))
        else:
            rows = (
                row
                for row in self.rows.values()
                if row.template == template and person_id in {"", row.person_id} and target_id in {"", row.target_id}
            )
        return sorted(rows, key=_when)

    def letter(self, row: MailRow) -> Received | None:
        """What arrived of a mail."""
        found = self.received.get(row.mail_id)
        return found[0] if found else None

    def _take(self, rows: Iterable[MailRow]) -> None:
        for row in rows:
            if row.mail_id not in self.rows:
                place = (row.template, row.person_id, row.target_id)
                self._places.setdefault(place, []).append(row.mail_id)
            self.rows[row.mail_id] = row


def _when(row: MailRow) -> dt.datetime:
    return row.queued_at
