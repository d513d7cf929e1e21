"""What drills are played on: the compose file under a project name of its own, with a round under way on it."""

import asyncio
import json
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from kindred.demo import signing_in
from kindred.demo.browser import Browser
from kindred.demo.compose import ROOT, Compose
from kindred.demo.mailbox import Mailbox, Received
from kindred.demo.play import LEAST_PATIENCE, credentials
from kindred.demo.round import Round
from kindred.demo.visits import forming, opening
from kindred.running.topology import SERVICES
from shared.bus.client import BusClient
from shared.commands.notifications import ListMails, MailRow, MailRows, ResendMail
from shared.errors import KindredError, Retryable

T = TypeVar("T")
PROJECT = "kindred-drills"
PATIENCE = 180.0
_READY = (
    "import urllib.request as u, urllib.error as e\n"
    "try: print(u.urlopen('http://127.0.0.1:8000/readyz', timeout=5).read().decode())\n"
    "except e.HTTPError as said: print(said.read().decode())"
)


class Stage:
    """The stack, the round on it, and how to look at both."""

    def __init__(self, console: Console, seed: int) -> None:
        self.compose = Compose(PROJECT)
        self.folder = ROOT / ".kindred" / "drills"
        self.exchange = ROOT / "exchange" / "drills"
        self._console = console
        self._seed = seed
        self._round: Round | None = None
        self._codes: list[str] = []

    @property
    def round(self) -> Round:
        """The round under way; raises Retryable before it is connected."""
        if self._round is None:
            raise Retryable("The round has not begun.")
        return self._round

    async def begin(self, schools: int) -> None:
        """Start the stack and play the round until its calendar can be published."""
        for folder in (self.exchange.parent, self.exchange):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o777)  # commands run as a user of their own in their containers
        await self.call("up", "--build", "--wait", "--wait-timeout", "600")
        await self.connect()
        self._codes = await signing_in.begin(self.round)
        await self.sign_in()
        await opening.play(self.round, schools)
        await forming.groups(self.round)

    async def sign_in(self) -> None:
        """Sign the coordinator in for the commands in containers, by a mail's code and a recovery code."""
        await signing_in.login(self.round, self.kindred, self._codes.pop(0))

    async def connect(self) -> None:
        """Connect to the stack as it is now; what is known of the round stays."""
        before = self._round
        await self.disconnect()
        self.folder.mkdir(parents=True, exist_ok=True)
        target = await asyncio.to_thread(self.compose.target, self.folder)
        client = await BusClient.connect(
            target.settings["KINDRED_NATS_URL"], actor="drills", **credentials(target.settings)
        )
        self._round = Round(target, client, self._seed, self._console, self._tell, patience=LEAST_PATIENCE)
        if before is not None:
            self._round.story = before.story

    async def disconnect(self) -> None:
        """Hang up."""
        if self._round is not None:
            await self._round.close()
            await self._round.client.close()
            self._round = None

    async def call(self, *arguments: str) -> str:
        """Run `docker compose`; return what it printed."""
        return await asyncio.to_thread(lambda: self.compose.call(*arguments, quiet=True))

    async def kindred(self, *arguments: str) -> str:
        """Run a command of Kindred in a container of its own, as operators do."""
        return await self.call("run", "--rm", "-T", "kindred", *arguments)

    async def docker(self, *arguments: str) -> str:
        """Run `docker`; return what it printed. Raises CalledProcessError."""
        command = ["docker", *arguments]
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    async def readiness(self, service: str, index: int = 1) -> dict[str, Any]:
        """What a container says of its readiness; empty where it does not answer."""
        command = ["exec", "-T", "--index", str(index), service, "python", "-c", _READY]
        try:
            said: dict[str, Any] = json.loads(await self.call(*command))
        except (KindredError, ValueError):
            return {}
        return said

    async def problem(self, service: str, word: str) -> str:
        """Wait until a service says that it is not ready and why, with this word in it; return what it says."""

        async def look() -> str:
            problems = (await self.readiness(service)).get("problems", [])
            return next((said for said in problems if word in said), "")

        return await self.until(look, f"{service} says {word!r}")

    async def all_ready(self) -> None:
        """Wait until every service is ready."""

        async def look() -> bool:
            return all([(await self.readiness(service)).get("ready") for service in SERVICES])

        await self.until(look, "every service is ready")

    async def until(self, look: Callable[[], Awaitable[T]], what: str, patience: float = PATIENCE) -> T:
        """Look once a second until there is something; raises Retryable when patience is at its end."""
        began = time.monotonic()
        while True:
            if found := await look():
                return found
            if time.monotonic() - began > patience:
                raise Retryable(f"Not within {patience:.0f} s: {what}.")
            await asyncio.sleep(1.0)

    async def log(self, service: str, event: str) -> int:
        """How many lines of a service's log are about this."""
        lines = (await self.call("logs", "--no-log-prefix", service)).splitlines()
        return sum(f'"{event}"' in line for line in lines)

    async def mails(self, **wanted: Any) -> MailRows:
        """Mails as Kindred knows them."""
        found: MailRows = await self.round.client.find(ListMails(limit=500, **wanted))
        return found

    async def states(self) -> dict[str, int]:
        """How many mails are in each state."""
        return dict((await self.mails()).by_state)

    async def resend(self, number: int) -> list[MailRow]:
        """Have so many mails of the programme sent again that the relay has taken.

        A mail that signs somebody in belongs to none; it is not sent again once it was used.
        """
        rows = list((await self.mails(state="accepted", programme_id=self.round.story.programme_id)).mails[:number])
        for row in rows:
            await self.round.client.ask(ResendMail(mail_id=row.mail_id))
        return rows

    async def received(self) -> list[Received]:
        """Every mail that the catcher holds."""
        box = Mailbox(self.round.target.mail_url)
        try:
            return list(await box.refresh())
        finally:
            await box.close()

    async def look(self, link: str) -> int:
        """Open a link as a browser of its own; return the status of the page it ends at."""
        return (await Browser(self.round.transport).look(link)).status

    async def accepted(self) -> None:
        """Wait until no mail is on its way."""

        async def none() -> bool:
            return await self.round.ledger.under_way(self.round.now) == 0

        await self.until(none, "no mail is on its way")

    def end(self) -> None:
        """Take everything down, with its data."""
        self.compose.files = ()
        self.compose.call("down", "--volumes", "--remove-orphans", "--timeout", "5", quiet=True)

    def override(self, *files: Path) -> None:
        """Lay these compose files over the stack's own; none takes them away."""
        self.compose.files = files

    def _tell(self, what: str) -> None:
        self._console.print(f"  {what}", highlight=False)
