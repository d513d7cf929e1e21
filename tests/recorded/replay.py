"""Plays a recorded year to all services as they are now, on real servers, at the time that it was then.

Facts and due reminders come from the recording only: what services tell anew is put into their outboxes and goes no
further. So each service hears what the version of the recording told, in its form. Commands are asked again under their
keys, because workers need what they left. Not asked are commands to `programmes`, which gives new people and programmes
ids by chance (the facts tell of the old ones), and sending mails again, because no relay has sent any. Where a file is
imported again, `programmes` has a register of the schools that take part, because it is asked for their authorities.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, Self, cast

import nats
import pytest
from nats.aio.client import Client

from contracts.subscribers import SERVICES, settings_class
from shared.bus import Service, Topology, wire
from shared.bus.clock import set_offset
from shared.bus.relay import Relay
from shared.bus.subjects import UPLOADS_BUCKET
from shared.clock import AdjustableClock
from shared.mongo import Document
from shared.operations import streams
from shared.settings import Settings
from tests.recorded import register
from tests.recorded.year import NOT_ASKED, Message
from tests.waiting import at_rest, until

AFTER_FACTS = ("commands.matching.RematchCohort.", "commands.scheduling.DraftCalendar.")
"""Commands that take what is known as it is, and refuse nothing when a fact is still under way."""
STEP = timedelta(minutes=1)
"""A recorded time so far ahead moves the clock; less passes by itself."""
PATIENCE = 60.0
"""Seconds that a command, or all work after a step, may take on a busy machine."""


class PastClock(AdjustableClock):
    """An adjustable clock that begins long ago, so that a recorded year can be played in any year after it."""

    def __init__(self) -> None:
        super().__init__()
        self.offset = timedelta(days=-36_500)


class MuteRelay(Relay):
    """A relay that sends nothing, and marks everything as sent."""

    async def _send(self, rows: list[Document]) -> tuple[list[Document], BaseException | None]:
        return rows, None


def in_those_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let services that are built from now on have the clock and the relay of a replay."""
    monkeypatch.setattr("shared.bus.runtime.AdjustableClock", PastClock)
    monkeypatch.setattr("shared.bus.runtime.Relay", MuteRelay)


class Replay:
    """All services on one bus; `play` brings them a year. Made under `in_those_days`."""

    def __init__(self, settings: Settings) -> None:
        own: dict[str, dict[str, Any]] = {"portal": {"portal_port": 0}}
        given = {**settings.model_dump(), "clock": "adjustable"}
        self.services: list[Service] = [
            import_module(f"services.{name}.app").build(settings_class(name)(**{**given, **own.get(name, {})}))
            for name in SERVICES
        ]
        self.refused: list[str] = []
        """Commands that were carried out then and are refused now, each with the sentence."""
        self._url = settings.nats_url
        self._clock = PastClock()

    async def __aenter__(self) -> Self:
        self._connection: Client = await nats.connect(self._url)
        self.jetstream = self._connection.jetstream(timeout=PATIENCE)
        await streams.apply(self.jetstream, Topology.of(service.topology() for service in self.services))
        for service in self.services:
            await service.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for service in reversed(self.services):
            await service.stop()
        await self._connection.close()

    async def play(self, messages: Sequence[Message]) -> None:
        """Bring them the messages in order, then wait until everything is handled."""
        await self._until(datetime.fromisoformat(messages[0].at))
        if any(message.upload for message in messages):
            await register.bring_in(self._connection, messages)
        for message in messages:
            if message.at:
                await self._until(datetime.fromisoformat(message.at))
            if not message.is_command:
                headers = {**message.headers, "Nats-Msg-Id": message.headers["ce-id"]}
                await self.jetstream.publish(message.subject, message.data, headers=headers)
            elif message.outcome == "done" and not message.subject.startswith(NOT_ASKED):
                await self._ask(message)
        await self.rest()

    async def rest(self) -> None:
        """Wait until everything that was told is handled, and what follows from it."""
        await at_rest(self.jetstream, [service.database for service in self.services], seconds=PATIENCE)

    async def _until(self, moment: datetime) -> None:
        """Move all clocks on, once what came before is handled."""
        if moment <= self._clock.now() + STEP:
            return
        await self.rest()
        self._clock.move(moment - datetime.now(UTC))
        await set_offset(self.jetstream, self._clock.offset)
        clocks = [cast("AdjustableClock", service.clock) for service in self.services]
        await until(lambda: all(clock.offset == self._clock.offset for clock in clocks), "until all clocks are moved")

    async def _ask(self, message: Message) -> None:
        """Ask again under the same key; what is refused may build on facts that are still under way."""
        if message.upload:
            uploads = await self.jetstream.object_store(UPLOADS_BUCKET)
            await uploads.put(message.body["upload"], message.upload.encode())
        if message.subject.startswith(AFTER_FACTS):
            await self.rest()
        for last in (False, True):
            answer = await self._answer(message)
            if answer.outcome == "done":
                return
            if last:
                self.refused.append(f"{message.subject}: {json.loads(answer.body)['sentence']}")
            await self.rest()

    async def _answer(self, message: Message) -> wire.Answer:
        headers: dict[str, Any] = {name: message.headers[name] for name in (wire.KEY, wire.ACTOR)}
        answer = await self._connection.request(message.subject, message.data, timeout=PATIENCE, headers=headers)
        return wire.Answer(dict(answer.headers or {}), answer.data)
