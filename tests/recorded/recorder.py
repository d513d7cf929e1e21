"""Listens to a running Kindred and keeps every event, contact card and command."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.errors import NotFoundError

from shared.bus import subjects, wire
from shared.bus.offset import KEY
from shared.bus.timers import DUE
from shared.bus.uploads import Uploads
from shared.clock import AdjustableClock
from tests.recorded.year import NOT_ASKED, Message

KEPT = (
    "ce-specversion", "ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "ce-correlationid", "ce-causationid",
    "ce-actor", "content-type", DUE, wire.KEY, wire.ACTOR,
)  # fmt: skip
HEARD = ("events.", "people.", "timers.due.", "commands.")
CLOCK = f"$KV.{subjects.CLOCK_BUCKET}.{KEY}"


class Recorder:
    """A context manager: what goes over the bus inside is in `messages` afterwards, each once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._clock = AdjustableClock()
        self._heard: list[tuple[datetime, Msg]] = []
        self._replies: dict[str, Msg | None] = {}
        self.messages: list[Message] = []

    async def __aenter__(self) -> Self:
        self._connection: Client = await nats.connect(self._url)
        # One subscription to everything: the server keeps the order of messages within a subscription only.
        self._all = await self._connection.subscribe(">", cb=self._hear, pending_msgs_limit=0, pending_bytes_limit=0)
        # Reminders that fall due are put into their stream by the server itself, and are seen only there.
        self._due = await self._connection.jetstream().subscribe("timers.due.>", cb=self._hear, ordered_consumer=True)
        await self._connection.flush()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._due.unsubscribe()
                await self._all.drain()
                heard = _once(self._heard, self._replies)
                self.messages = [await self._with_upload(message) for message in heard]
                await self._check_complete()
        finally:
            await self._connection.close()

    async def _hear(self, message: Msg) -> None:
        if message.subject.startswith(HEARD):
            self._heard.append((self._clock.now(), message))
            self._replies.setdefault(message.reply)
        elif message.subject in self._replies:
            self._replies[message.subject] = message
        elif message.subject == CLOCK:
            self._clock.move(timedelta(seconds=float(message.data)))

    async def _with_upload(self, message: Message) -> Message:
        """A command with the file that it names, where a replay will need it."""
        if not message.is_command or message.subject.startswith(NOT_ASKED) or "upload" not in message.body:
            return message
        content = await Uploads(self._connection.jetstream()).get(message.body["upload"])
        return replace(message, upload=content.decode())

    async def _check_complete(self) -> None:
        """Compare with the stream, which keeps every event: a message that was not heard must not go unnoticed."""
        kept = {message.headers["ce-id"] for message in self.messages if not message.is_command}
        jetstream = self._connection.jetstream()
        state = (await jetstream.stream_info(subjects.EVENTS)).state
        missing = []
        for sequence in range(state.first_seq, state.last_seq + 1):
            try:
                found = await jetstream.get_msg(subjects.EVENTS, sequence)
            except NotFoundError:
                continue
            if (found.headers or {}).get("ce-id") not in kept:
                missing.append(found.subject)
        assert missing == [], f"{len(missing)} events were not heard, the first is {missing[0]}"


def _once(heard: list[tuple[datetime, Msg]], replies: dict[str, Msg | None]) -> list[Message]:
    """The messages without the second copy that a repeated relay or asker sends, commands with their replies."""
    found: dict[tuple[str, str], Message] = {}
    for at, message in heard:
        headers = {name: value for name in KEPT if (value := (message.headers or {}).get(name))}
        key = headers.get("ce-id") or headers.get(wire.KEY) or ""
        made = Message(message.subject, headers, _json(message.data), at=at.isoformat(timespec="milliseconds"))
        if made.is_command and (reply := replies.get(message.reply)):
            outcome = (reply.headers or {}).get(wire.OUTCOME, "done")
            made = replace(made, outcome=outcome, reply=_json(reply.data))
        found.setdefault((message.subject, key), made)
    return list(found.values())


def _json(data: bytes) -> Any:
    return json.loads(data) if data else None
