"""The demo's own steps, played in the town: commands, pages and mailboxes are real, servers are not there."""

import asyncio
import contextlib
import datetime as dt
import io
import os
from collections.abc import Awaitable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from rich.console import Console

from kindred.cli.app import main
from kindred.demo.coordinator import Coordinator, Outcome
from kindred.demo.mail_ledger import MailLedger
from kindred.demo.mailbox import Received
from kindred.demo.round import Round
from kindred.demo.target import Target
from shared.commands.base import Command, Query, Reply
from shared.commands.reports import ReportRow, ShowReport
from shared.events.notifications import CalendarReplyReceived
from shared.events.tasks import TaskFacts
from tests.fakes.town.town import PUBLIC, Town

T = TypeVar("T")
SEED = 1


class TownClient:
    """A client for commands that run in a thread of their own, each with its own event loop."""

    def __init__(self, town: Town, loop: asyncio.AbstractEventLoop) -> None:
        self._town, self._loop = town, loop

    async def ask(self, command: Command, *, key: str | None = None, actor: str | None = None) -> Reply:
        reply: Reply = await self._there(self._town.ask(command, key=key, actor=actor or "machine"))
        return reply

    async def find(self, query: Query) -> Reply:
        reply: Reply = await self._there(self._town.find(query))
        return reply

    async def upload(self, content: Path | bytes, filename: str) -> str:
        data = content if isinstance(content, bytes) else await asyncio.to_thread(content.read_bytes)
        key: str = await self._there(self._town.upload(data, filename))
        return key

    async def close(self) -> None:
        return

    async def _there(self, work: Awaitable[Any]) -> Any:
        async def done() -> Any:
            return await work

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(done(), self._loop))


class TownCoordinator(Coordinator):
    """Types commands, one after another, in this process."""

    def __init__(self, town: Town, programme: str = "") -> None:
        super().__init__({}, programme)
        self._town = town

    async def start(self, *arguments: str) -> Outcome:
        self.typed.append(" ".join(arguments))
        client = TownClient(self._town, asyncio.get_running_loop())
        return await asyncio.to_thread(self._run, client, *arguments)

    def _run(self, client: TownClient, *arguments: str) -> Outcome:
        async def connect() -> Any:
            return client

        out, err = io.StringIO(), io.StringIO()
        about = {"KINDRED_PROGRAMME": self.programme} if self.programme else {}
        with mock.patch.dict(os.environ, about), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*arguments, "--json"], connect)
        return Outcome(code, out.getvalue(), err.getvalue())


class TownMailbox:
    """Everybody's mailbox."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._seen: list[Received] = []

    async def close(self) -> None:
        return

    async def newest(self, address: str, subject: str) -> Received | None:
        await self._town.settle()
        found = [one for one in await self.refresh() if (one.to, one.subject) == (address.casefold(), subject)]
        return found[-1] if found else None

    async def refresh(self) -> list[Received]:
        for number, (_, to, message) in enumerate(self._town.post.mailboxes.mails[len(self._seen) :], len(self._seen)):
            self._seen.append(
                Received(
                    str(number), to.casefold(), str(message["Subject"]), str(message["Message-ID"]), bytes(message)
                )
            )
        return self._seen

    def by_mail_id(self) -> dict[str, list[Received]]:
        found: dict[str, list[Received]] = {}
        for mail in self._seen:
            found.setdefault(mail.mail_id, []).append(mail)
        return found


class NoOutboxes:
    """The town has none: what is told is heard at once."""

    async def waiting(self) -> dict[str, int]:
        return {}

    async def close(self) -> None:
        return


class TownRound(Round):
    """A round of the demo against the town."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town = town
        target = Target({}, "", "", "", 0, folder, NoOutboxes())
        client: Any = town
        transport: Any = town.transport
        super().__init__(target, client, SEED, Console(quiet=True), lambda _: None, transport=transport)
        mailbox: Any = TownMailbox(town)
        self.mailbox, self.ledger = mailbox, MailLedger(town, mailbox)

    def desk(self, programme: str = "") -> Coordinator:
        return TownCoordinator(self.town, programme)

    @property
    def public_url(self) -> str:
        return PUBLIC

    async def settle(self) -> None:
        await self.town.settle()
        await self.ledger.refresh()

    async def dead_letters(self) -> list[str]:
        return [f"{name}: {waiting} waiting" for name, waiting in self.town.waiting().items()]

    async def traces(self, words: Sequence[str]) -> list[str]:
        """Where any of these words stands in what services keep; what they have published has no names."""
        kept = {name: repr(bus.everything()[0]) for name, bus in self.town.buses.items()}
        kept["pages"] = repr(vars(self.town.collections))
        return [f"{name}: {word}" for name, text in kept.items() for word in words if word in text]

    async def in_streams(self, words: Sequence[str]) -> list[str]:
        """Which kinds of fact that were published hold any of these words."""
        told = {type(fact).__name__: repr(fact) for fact in self.town.published for one in words if one in repr(fact)}
        return sorted(told)

    async def words_of(self, report: ReportRow, reader: str) -> str:
        """The town renders no pages of reports: what would stand on them."""
        assert await self.town.find(ShowReport(report_id=report.report_id, person_id=reader))
        made = [one for one in self.town.renderer.seen if report.title.partition(":")[0] == one.head.title]
        return str(made[-1])

    async def told_of_tasks(self) -> list[TaskFacts]:
        return [fact for fact in self.town.published if isinstance(fact, TaskFacts)]

    async def reply(self, letter: Received, person_id: str, answer: str) -> None:
        """The answer as the service for mails hands it on."""
        row = next(row for row in self.ledger.rows.values() if row.mail_id == letter.mail_id)
        kind: Any = "visit" if row.target_id in self.story.visits else "cohort-event"
        said: Any = answer.lower()
        now = self.town.clock.now()
        asked = next(part for part in letter.calendar.walk("VEVENT")) if letter.calendar else {}
        self.town.arrive(
            CalendarReplyReceived(
                version=1, target_id=row.target_id or "", target_kind=kind, person_id=person_id, answer=said,
                sequence=int(asked.get("sequence", 0)), stamped=now, received_at=now,
            )
        )  # fmt: skip
        await self.town.settle()

    async def _pass(self, moment: dt.datetime) -> None:
        if self.story.now is None or moment > self.story.now:
            await self.town.to(moment)
            self.story.now = moment
            await self.settle()

    async def together(self, works: Iterable[Awaitable[T]]) -> list[T]:
        """One after another: the town has one thread, and its transactions are not apart."""
        return [await work for work in works]
