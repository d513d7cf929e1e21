"""What may be asked of `notifications` about mails that came in."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Query, Reply

ReplyState = Literal["waiting", "done", "filed"]


class ReplyRow(Reply):
    """A message that came in and did not count by itself. `filed`: nobody has to look at it."""

    reply_id: str
    received_at: dt.datetime
    sender: str
    subject: str
    why: str
    state: ReplyState


class ReplyRows(Reply):
    """Messages, newest first."""

    rows: tuple[ReplyRow, ...]


class ListReplies(Query):
    """Messages that came in, by state."""

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = ReplyRows
    state: ReplyState = "waiting"
    limit: int = Field(200, ge=1, le=500)


class ReplyDetail(Reply):
    """A message with its text, and what its calendar part answers to, if it has one."""

    reply: ReplyRow
    text: str
    answer: str = ""
    target_id: str = ""
    address: str = ""


class ShowReply(Query):
    """One message that came in."""

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = ReplyDetail
    reply_id: str


class PlaceReply(Command):
    """Take a message's calendar answer as this person's; their address in it is remembered as an alias of theirs."""

    service: ClassVar[str] = "notifications"
    reply_id: str
    person_id: str


class CloseReply(Command):
    """Somebody has dealt with a message."""

    service: ClassVar[str] = "notifications"
    reply_id: str
