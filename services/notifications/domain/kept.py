"""Incoming messages as they are kept for people."""

import datetime as dt
from dataclasses import dataclass

from shared.commands.notifications_replies import ReplyState


@dataclass(frozen=True)
class Concern:
    """What a message seems to be about. It helps whoever reads it, and proves nothing.

    ``target_id``: the visit, event, day or call; ``person_id``: whom it concerns; ``writer_id``: who wrote it, by the
    address; ``programme_ids``: where it belongs, empty where that does not show; ``answer``: what its calendar part
    says; ``words``: what a person wrote.
    """

    target_id: str = ""
    person_id: str = ""
    writer_id: str = ""
    programme_ids: tuple[str, ...] = ()
    answer: str = ""
    words: str = ""


NO_CONCERN = Concern()


@dataclass(frozen=True)
class KeptMessage:
    """A message that came in. ``key``: the SHA-256 of it; ``content``: its first 100 kB, where they were asked for.

    ``follows``: the correlation id of its coming in.
    """

    key: str
    received_at: dt.datetime
    why: str
    subject: str
    sender: str
    state: ReplyState = "waiting"
    content: bytes = b""
    concern: Concern = NO_CONCERN
    follows: str = ""


@dataclass(frozen=True)
class Waiting:
    """Messages that wait for a person: how many, and the first of them, newest first."""

    total: int
    messages: tuple[KeptMessage, ...]
