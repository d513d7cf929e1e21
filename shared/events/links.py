"""Links in mails, version 2: their purpose is an open word, and a form of a template can stand behind them.

Version 1 is published for the purposes that it can say, version 2 for all others; nobody is told of one link twice.
"""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event


class LinkIssued(Event):
    """A link was put into a mail. `link_id` is the SHA-256 (hex) of its token; the token itself is in the mail only."""

    context: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "link_id"
    v: ClassVar[int] = 2
    link_id: str
    person_id: str
    purpose: str = Field(description="which page it opens: `entry`, `task`, `todo`, `projects`, `offer`")
    target_id: str
    target_kind: str
    form: str = Field("", description="the form to fill in about the target, by its key; none: the target is an entry")
    programme_id: str | None = None
    expires: dt.datetime


class LinkOpened(Event):
    """Somebody opened the link from their mail for the first time."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "link_id"
    v: ClassVar[int] = 2
    link_id: str
    person_id: str
    purpose: str
    target_id: str
