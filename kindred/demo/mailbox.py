"""Everybody's mailbox: what the catcher (or Mailpit) has caught, as the person it was sent to reads it."""

import asyncio
import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from typing import Any

import httpx
from icalendar import Calendar

PAGE = 200
_LINK = re.compile(r"https?://[^\s<>\"')\]]+/l/[A-Za-z0-9_-]+")
_ID = re.compile(r"mai-[0-9a-f]{32}")


@dataclass(frozen=True)
class Received:
    """A mail in somebody's mailbox."""

    key: str
    to: str
    subject: str
    message_id: str
    raw: bytes

    @property
    def mail_id(self) -> str:
        """Kindred's own id of the mail, which its Message-ID holds."""
        found = _ID.search(self.message_id)
        return found[0] if found else ""

    @cached_property
    def message(self) -> EmailMessage:
        """The mail, parsed."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def links(self) -> list[str]:
        """The personal links in it, in order, each once."""
        return list(dict.fromkeys(_LINK.findall(self.text)))

    @property
    def calendar(self) -> Calendar | None:
        """Its calendar part."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                return Calendar.from_ical(content) if isinstance(content, bytes) else None
        return None


class Mailbox:
    """Reads Mailpit's API; remembers what it has seen, so that looking again costs one request."""

    def __init__(self, url: str) -> None:
        limits = httpx.Limits(max_connections=16, keepalive_expiry=2.0)
        self._client = httpx.AsyncClient(base_url=url, timeout=30.0, limits=limits)
        self._seen: dict[str, Received] = {}

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def refresh(self) -> list[Received]:
        """All mails, oldest first."""
        fresh: list[dict[str, Any]] = []
        start = 0
        while True:
            answer = await self._client.get("/api/v1/messages", params={"start": start, "limit": PAGE})
            rows = answer.raise_for_status().json()["messages"]
            fresh += [row for row in rows if row["ID"] not in self._seen]
            start += len(rows)
            if len(rows) < PAGE or rows[-1]["ID"] in self._seen:
                break
        gate = asyncio.Semaphore(12)
        found = await asyncio.gather(*(self._fetch(row, gate) for row in reversed(fresh)))
        self._seen |= {mail.key: mail for mail in found}
        return list(self._seen.values())

    async def newest(self, address: str, subject: str) -> Received | None:
        """The latest mail with this subject to an address, among the last ones; None where there is none."""
        answer = await self._client.get("/api/v1/messages", params={"start": 0, "limit": PAGE})
        for row in answer.raise_for_status().json()["messages"]:
            to = [person["Address"].casefold() for person in row["To"]]
            if row["Subject"] == subject and address.casefold() in to:
                return await self._fetch(row, asyncio.Semaphore())
        return None

    async def of(self, address: str) -> list[Received]:
        """The mails of one address, oldest first, as last refreshed."""
        wanted = address.casefold()
        return [mail for mail in self._seen.values() if mail.to == wanted]

    def by_mail_id(self) -> dict[str, list[Received]]:
        """All mails by Kindred's own id; more than one under an id would be a duplicate."""
        found: dict[str, list[Received]] = {}
        for mail in self._seen.values():
            found.setdefault(mail.mail_id, []).append(mail)
        return found

    async def _fetch(self, row: dict[str, Any], gate: asyncio.Semaphore) -> Received:
        async with gate:
            answer = await self._client.get(f"/api/v1/message/{row['ID']}/raw")
        to = ",".join(person["Address"] for person in row["To"]).casefold()
        return Received(row["ID"], to, row["Subject"], row["MessageID"], answer.raise_for_status().content)
