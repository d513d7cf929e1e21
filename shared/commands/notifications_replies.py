"""What may be asked of `notifications` about mails that came in."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Query, Reply

ReplyState = Literal["waiting", "done", "filed"]


class ReplyRow(Reply):
    """A message that came in and did not count by itself. `filed`: nobody has to look at it.

    `visit` and `on`: what it seems to be about, the host's or the event's name and the day; `person`: whom it concerns;
    `answer`: what its calendar part says; `words`: the beginning of what somebody wrote.
    """

    reply_id: str
    received_at: dt.datetime
    sender: str
    subject: str
    why: str
    state: ReplyState
    target_id: str = ""
    visit: str = ""
    on: dt.date | None = None
    person_id: str = ""
    person: str = ""
    answer: str = ""
    words: str = ""


class ReplyRows(Reply):
    """A page of messages, newest first. `total`: how many there are."""

    rows: tuple[ReplyRow, ...]
    total: int = 0


class ListReplies(Query):
    """Messages that came in, by state; `target_id`: those about one visit or event.

    With `search` and `concerning` those that fit one of them.
    """

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = ReplyRows
    state: ReplyState = "waiting"
    limit: int = Field(200, ge=1, le=500)
    target_id: str = ""
    search: str = Field("", max_length=100, description="part of the sender's address, or of the subject")
    concerning: Concerning = ()
    offset: int = Field(0, ge=0)


class ReplyDetail(Reply):
    """A message with its text, and what its calendar part answers to; `delegated_to`: who would come instead."""

    reply: ReplyRow
    text: str
    answer: str = ""
    target_id: str = ""
    address: str = ""
    delegated_to: str = ""


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
