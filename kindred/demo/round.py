"""One round of a programme: what those who play it share, and the moves they have."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
from rich.console import Console

from kindred.demo import happened, replies
from kindred.demo.browser import Browser, Page, PageFault, words
from kindred.demo.checks import Checks, Failed
from kindred.demo.coordinator import Coordinator
from kindred.demo.idle import CLOCK_SPREADS, idle
from kindred.demo.mail_ledger import MailLedger
from kindred.demo.mailbox import Mailbox, Received
from kindred.demo.story import Story
from kindred.demo.target import Target
from kindred.demo.ways_in.entering import Authenticator
from kindred.demo.ways_in.way import WayIn
from shared.bus import clock as shared_clock
from shared.bus import dead_letters
from shared.bus.client import BusClient
from shared.commands.notifications import MailRow
from shared.commands.reporting import Chunk
from shared.commands.reports import FetchReport, ReportRow
from shared.errors import Rejected
from shared.events.tasks import TaskFacts

T = TypeVar("T")
AT_ONCE = 8
LIMITS = httpx.Limits(max_connections=2 * AT_ONCE, keepalive_expiry=2.0)
"""Idle connections are given up before the server gives them up, which would look like a lost request."""
ZONE = ZoneInfo("Europe/London")


CONFIG = "XDG_CONFIG_HOME"
"""Where commands keep who has signed in: in the round's own folder, not in that of whoever plays it."""


def local(on: dt.date, hour: int) -> dt.datetime:
    """A full hour of a day, by the clock on the wall in England."""
    return dt.datetime.combine(on, dt.time(hour), ZONE)


@dataclass
class Round:
    """The round as it stands."""

    target: Target
    client: BusClient
    seed: int
    console: Console
    tell: Callable[[str], None]
    schools: int = 0
    """How many take part."""
    patience: float = 60.0
    """Seconds that one thing may take to come about."""
    coordinator: Coordinator = field(init=False)
    mailbox: Mailbox = field(init=False)
    ledger: MailLedger = field(init=False)
    story: Story = field(default_factory=Story)
    authenticators: dict[str, Authenticator] = field(default_factory=dict)
    """Address -> the authenticator of whoever has one."""
    ways_in: list[WayIn] = field(default_factory=list)
    """Who may be looked at the pages as, once all is played."""
    signs_in: Callable[[], Awaitable[None]] | None = None
    """How the coordinator signs in once more, once they have an authenticator."""
    kept: dict[type[Any], Any] = field(default_factory=dict)
    """What each plot remembers of its programme, by its class."""
    diary: list[tuple[dt.datetime, Callable[["Round"], Awaitable[None]]]] = field(default_factory=list)
    """What is played as soon as its time has come, whoever lets time pass; earliest first."""
    checks: Checks = field(default_factory=Checks)
    transport: httpx.AsyncHTTPTransport = field(default_factory=lambda: httpx.AsyncHTTPTransport(limits=LIMITS))

    def __post_init__(self) -> None:
        self.coordinator = self.desk()
        self.mailbox = Mailbox(self.target.mail_url)
        self.ledger = MailLedger(self.client, self.mailbox)

    def desk(self, programme: str = "") -> Coordinator:
        """A coordinator's commands about one programme; about the only one where none is named."""
        settings = {**self.target.settings, CONFIG: str(self.target.folder / "config")}
        return Coordinator(settings, programme, sign_in=self.sign_in_anew)

    async def sign_in_anew(self) -> None:
        """Sign the coordinator in for commands, as they do when a sign-in has run out."""
        if self.signs_in is not None:
            await self.signs_in()

    async def close(self) -> None:
        """Hang up."""
        await self.mailbox.close()
        await self.target.outboxes.close()
        await self.transport.aclose()

    @property
    def public_url(self) -> str:
        """Where anybody finds the pages."""
        return self.target.portal_url

    def keep(self, story: T) -> T:
        """Remember what has happened in a programme."""
        self.kept[type(story)] = story
        return story

    def of(self, kind: type[T]) -> T:
        """What is remembered of a programme; raises Failed before it is open."""
        if kind not in self.kept:
            raise Failed(f"There is no {kind.__name__} in this year yet.")
        found: T = self.kept[kind]
        return found

    def plan(self, when: dt.datetime, step: Callable[["Round"], Awaitable[None]]) -> None:
        """Put a step into the diary."""
        self.diary = sorted([*self.diary, (when, step)], key=lambda entry: entry[0])

    async def until(self, moment: dt.datetime) -> None:
        """Let time pass until then, and everything that falls due happen, also what stands in the diary."""
        while self.diary and self.diary[0][0] <= moment:
            when, step = self.diary.pop(0)
            await self._pass(when)
            await step(self)
        await self._pass(moment)

    async def _pass(self, moment: dt.datetime) -> None:
        if self.story.now and moment <= self.story.now:
            return
        await shared_clock.advance(self.client.connection.jetstream(), moment)  # as `kindred clock advance` does
        self.story.now = moment
        await asyncio.sleep(CLOCK_SPREADS)
        await self.settle()

    @property
    def now(self) -> dt.datetime:
        """The moment to which the clock was moved last."""
        return self.story.now or dt.datetime.now(dt.UTC)

    async def settle(self) -> None:
        """Wait until all is quiet, then look at the mails."""
        self.target.check_alive()
        await idle(self.client, self.ledger, self.target.outboxes, self.now)
        await self.ledger.refresh()

    async def told_of_tasks(self) -> list[TaskFacts]:
        """Everything that was told of tasks, oldest first."""
        return await happened.of_tasks(self.client.connection.jetstream())

    async def dead_letters(self) -> list[str]:
        """What could not be handled, and why."""
        letters = dead_letters.ls(self.client.connection.jetstream())
        return [f"{one.durable}: {one.reason}" async for one in letters]

    async def traces(self, words: Sequence[str]) -> list[str]:
        """Where any of these words still stands: in a backup of all databases, made now, and in the services' logs."""
        folder = self.target.folder / f"backup-{len([*self.target.folder.glob('backup-*')])}"
        if "KINDRED_MONGO_URL" in self.target.settings:  # else the databases are out of reach
            await self.desk().run("backup", str(folder))
        logs = self.target.folder / "logs"
        return await asyncio.to_thread(_holding, words, [*folder.rglob("*"), *logs.glob("*.log")])

    async def in_streams(self, words: Sequence[str]) -> list[str]:
        """In which streams any of these words stands, dead letters among them."""
        return await happened.holding(self.client.connection.jetstream(), words)

    async def words_of(self, report: ReportRow, reader: str) -> str:
        """What a report says, as somebody who may read it finds it on its page."""
        content = b""
        while True:
            about = {"report_id": report.report_id, "person_id": reader, "format": "html", "offset": len(content)}
            chunk: Chunk = await self.client.find(FetchReport.model_validate(about))
            content += chunk.content
            if len(content) >= chunk.size or not chunk.content:
                return words(content.decode())

    async def reply(self, letter: Received, person_id: str, answer: str) -> None:
        """Answer an invitation as somebody's calendar does."""
        message = replies.reply_to(letter, self.story.name(person_id), answer, self.now)
        await replies.send(message, self.target.replies_host, self.target.replies_port)

    def letter(self, template: str, person_id: str, target_id: str = "") -> Received:
        """The latest mail of that kind somebody got; raises Failed when there is none."""
        row = self.mail(template, person_id, target_id)
        found = self.ledger.letter(row)
        if found is None:
            raise Failed(f"The mail {row.mail_id} ({template}) is {row.state}, but it did not arrive.")
        return found

    def mail(self, template: str, person_id: str, target_id: str = "") -> MailRow:
        """Kindred's record of that mail."""
        rows = self.ledger.find(template, person_id, target_id)
        if not rows:
            raise Failed(f"{self.story.name(person_id)} got no mail {template!r} about {target_id or 'anything'}.")
        return rows[-1]

    async def follow(self, letter: Received, purpose: str) -> tuple[Browser, Page]:
        """Open the link of a mail that leads to the page for this purpose."""
        browser, page, _ = await self.lead(letter, purpose)
        return browser, page

    async def lead(self, letter: Received, purpose: str) -> tuple[Browser, Page, str]:
        """The same, with the link itself."""
        seen = []
        for link in letter.links:
            browser = Browser(self.transport)
            page = await browser.look(link)
            if page.status == 200 and urlsplit(page.url).path.split("/")[3:4] == [purpose]:
                return browser, page, link
            seen.append(f"{page.heading} ({page.status})")
        raise PageFault(f"{letter.subject!r} to {letter.to} has no link for {purpose!r}, only {', '.join(seen)}.")

    async def fill_in(self, letter: Received, purpose: str, values: dict[str, str], button: str = "") -> Page:
        """Follow a link, fill in the form behind it, press its button; return the page that says what was saved."""
        browser, page = await self.follow(letter, purpose)
        saved = await browser.press(page, button, values)
        if not urlsplit(saved.url).path.endswith("/saved"):
            raise PageFault(f"{page.heading!r} was not saved: {saved.text[:600]}")
        return saved

    async def together(self, works: Iterable[Awaitable[T]]) -> list[T]:
        """Let several people act at once."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(work: Awaitable[T]) -> T:
            async with gate:
                return await work

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(work)) for work in works]
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed  # the first that went wrong speaks for all
        return [task.result() for task in tasks]

    async def ask_until(self, look: Callable[[], Awaitable[Any]], holds: Callable[[Any], bool], what: str) -> Any:
        """Look until something holds; raises Failed when patience is at its end.

        A service to which the event has not come yet says that there is none: it will come.
        """
        give_up = time.monotonic() + self.patience
        said = ""
        while time.monotonic() < give_up:
            try:
                found = await look()
            except Rejected as unknown:
                said = f" {unknown}"
            else:
                if holds(found):
                    return found
            await asyncio.sleep(0.25)
        raise Failed(f"{what} did not come about within {self.patience:.0f} seconds.{said}")


def _holding(words: Sequence[str], files: Iterable[Path]) -> list[str]:
    """The files that hold one of these words, each with the word."""
    found = []
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        found += [f"{file.parent.name}/{file.name}: {word}" for word in words if word.encode() in content]
    return sorted(found)
