"""Incoming messages as they are kept for people."""

import datetime as dt
from dataclasses import dataclass

from shared.commands.notifications_replies import ReplyState


@dataclass(frozen=True)
class KeptMessage:
    """A message that came in. ``key``: the SHA-256 of it; ``content``: its first 100 kB, where they were asked for."""

    key: str
    received_at: dt.datetime
    why: str
    subject: str
    sender: str
    state: ReplyState = "waiting"
    content: bytes = b""
