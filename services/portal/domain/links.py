"""Links: a token in a mail that opens one page for one person. Only its SHA-256 is ever kept."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from shared.events import links
from shared.events.notifications import Purpose
from shared.events.portal import LinkOpened

REF_LENGTH = 16
OF_SESSION = "session"
"""The purpose of what stands for a link where somebody has signed in: it opens everything that is theirs."""


@dataclass(frozen=True)
class Link:
    """What a token stands for, and how its invitation stood when the mail was written."""

    link_id: str
    person_id: str
    purpose: str
    target_id: str
    target_kind: str
    programme_id: str | None
    expires: dt.datetime
    revoked: bool = False
    opened: bool = False
    sequence: int | None = None
    on: dt.date | None = None
    form: str = ""

    @property
    def ref(self) -> str:
        """What stands for the link in addresses; opens nothing without the session."""
        return self.link_id[:REF_LENGTH]

    def first_opening(self) -> LinkOpened | links.LinkOpened | None:
        """Return what to publish when it is opened, or None where it has been before."""
        if self.opened:
            return None
        about = {"link_id": self.link_id, "person_id": self.person_id, "target_id": self.target_id}
        kind = LinkOpened if self.purpose in get_args(Purpose) else links.LinkOpened
        return kind.model_validate({"version": 1, "purpose": self.purpose, **about})

    def usable(self, now: dt.datetime) -> bool:
        """Whether it still opens its page."""
        return not self.revoked and now < self.expires


def of_session(session_id: str, person_id: str, until: dt.datetime, about: Mapping[str, str]) -> Link:
    """Return what stands for a link in a session. `about`: what the address names."""
    return Link(
        session_id, person_id, OF_SESSION, about.get("target_id", ""), about.get("target_kind", ""),
        about.get("programme_id") or None, until, opened=True,
    )  # fmt: skip


def link_id_of(token: str) -> str:
    """Return the id under which a token is known; every string has one, so that looking it up always costs the same."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
