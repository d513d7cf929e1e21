"""Caught mails: kept in memory and as .eml files, newest last; parsed when somebody looks."""

import datetime as dt
import email
import email.policy
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage, Message
from functools import cached_property
from pathlib import Path
from typing import cast


def _content(part: Message) -> bytes:
    """Return an attachment's bytes."""
    return cast("bytes", part.get_payload(decode=True) or b"")


@dataclass(frozen=True)
class Letter:
    """One mail as it came over SMTP."""

    number: int
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    received: dt.datetime

    @property
    def id(self) -> str:
        """Its name in addresses of pages."""
        return f"{self.number:06d}"

    @cached_property
    def message(self) -> EmailMessage:
        """The mail, parsed."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def subject(self) -> str:
        """Its subject line."""
        return str(self.message["Subject"] or "(no subject)")

    @property
    def message_id(self) -> str:
        """Message-ID without brackets."""
        return str(self.message["Message-ID"] or "").strip("<> ")

    def body(self, kind: str) -> str:
        """The `plain` or `html` part, empty where there is none."""
        part = self.message.get_body((kind,))
        return cast("EmailMessage", part).get_content() if part is not None else ""

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Name, media type and content of each attached file."""
        return [
            (part.get_filename() or "attachment", part.get_content_type(), _content(part))
            for part in self.message.iter_attachments()
        ]


class Box:
    """All caught mails."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._letters: list[Letter] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("*.eml"):
                old.unlink()

    def catch(self, sender: str, recipients: list[str], raw: bytes) -> Letter:
        """Keep one more."""
        letter = Letter(len(self._letters) + 1, sender, tuple(recipients), raw, dt.datetime.now(dt.UTC))
        self._letters.append(letter)
        if self._folder is not None:
            (self._folder / f"{letter.id}.eml").write_bytes(raw)
        return letter

    def get(self, identifier: str) -> Letter | None:
        """The mail of that id."""
        number = int(identifier) if identifier.isdigit() else 0
        return self._letters[number - 1] if 0 < number <= len(self._letters) else None

    def newest(self, *, to: str = "", search: str = "") -> list[Letter]:
        """Mails to an address and with these words in the subject, newest first."""
        wanted, words = to.strip().casefold(), search.strip().casefold()
        return [
            letter
            for letter in reversed(self._letters)
            if wanted in " ".join(letter.recipients).casefold() and (not words or words in letter.subject.casefold())
        ]

    def addresses(self) -> list[tuple[str, int]]:
        """Everybody written to, with how many mails, most first."""
        counted = Counter(address for letter in self._letters for address in letter.recipients)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
