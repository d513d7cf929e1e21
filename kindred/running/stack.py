"""All of Kindred on this machine: servers from wheels, streams and consumers, a mail catcher, one process a service."""

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import nats

from deploy.embedded import Servers
from kindred import location
from kindred.running import machine, memory
from kindred.running.processes import Child, not_ready
from kindred.running.topology import SERVICES, recorded
from shared.bus.topology import Topology
from shared.errors import Permanent
from shared.operations import streams


@dataclass(frozen=True)
class Ports:
    """The ports people may choose; None takes the one of last time, or any free one."""

    portal: int | None = None
    mail_page: int | None = None
    smtp: int | None = None
    replies: int | None = None
    nats: int | None = None
    mongo: int | None = None


_DEMO = {"KINDRED_CLOCK": "adjustable", "KINDRED_LOGIN_DAYS": "366"}
"""A clock that can be moved on by a year, in which nobody has to sign in anew."""


class Stack:
    """A context manager: everything runs inside, nothing is left outside."""

    def __init__(self, folder: Path, ports: Ports = Ports(), *, adjustable_clock: bool = False) -> None:
        machine.check_platform()
        machine.check_disk(folder)
        self.folder = folder
        self._held: list[machine.HeldPort] = []
        self.portal_port = self._keep(ports.portal, "the portal")
        self.mail_page_port = self._keep(ports.mail_page, "the mail page")
        self.smtp_port = self._hold(ports.smtp, "the mail catcher")
        self.replies_port = self._keep(ports.replies, "calendar replies")
        nats_port = self._hold(ports.nats, "nats-server")
        mongo_port = self._hold(ports.mongo, "mongod")
        self.servers = Servers(folder, nats_port, mongo_port)
        self._adjustable = adjustable_clock
        self.health = {name: self._hold(None, name) for name in SERVICES}
        self.children: dict[str, Child] = {}
        self._compiling = Child(
            "matching engine", ["-m", "services.matching.engine.warm"], {}, folder / "logs" / "engine.log"
        )

    @property
    def portal_url(self) -> str:
        """Where people find the pages."""
        return f"http://127.0.0.1:{self.portal_port}"

    @property
    def mail_url(self) -> str:
        """Where the caught mails are shown."""
        return f"http://127.0.0.1:{self.mail_page_port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings every process gets."""
        return {
            **self.servers.environment,
            **(_DEMO if self._adjustable else {"KINDRED_CLOCK": "system"}),
            "KINDRED_SMTP_HOST": "127.0.0.1",
            "KINDRED_SMTP_PORT": str(self.smtp_port),
            "KINDRED_NOTIFICATIONS_INBOUND_HOST": "127.0.0.1",
            "KINDRED_NOTIFICATIONS_INBOUND_PORT": str(self.replies_port),
            "KINDRED_PORTAL_HOST": "127.0.0.1",
            "KINDRED_PORTAL_PORT": str(self.portal_port),
            "KINDRED_PUBLIC_URL": self.portal_url,
        }

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the services, then the servers. All services are asked at once, so it takes as long as the slowest."""
        location.retract(self.folder)
        ending = (self._compiling, *self.children.values())
        for child in ending:
            child.ask_to_stop()
        for child in ending:
            child.stop()
        self.servers.stop()
        for held in self._held:
            held.release()

    def check_alive(self) -> None:
        """Raise Permanent when a process of ours has ended by itself."""
        for child in self.children.values():
            if not child.alive():
                raise Permanent(f"{child.name} has ended. {child.last_words()}")

    def peak_memory(self) -> dict[str, int]:
        """Bytes that each service has needed at most so far, with the processes that it has started."""
        return {name: memory.peak(child.pid) for name, child in self.children.items() if name in SERVICES}

    def _hold(self, given: int | None, what: str) -> int:
        """Reserve a port until `stop`, although nothing listens on it yet."""
        held = machine.port(given, what)
        self._held.append(held)
        return held.number

    def _keep(self, given: int | None, what: str) -> int:
        """Reserve the port of the last run if it is free, so that links in mails still work."""
        note = self.folder / "ports" / what.removeprefix("the ").replace(" ", "-")
        before = note.read_text(encoding="utf-8") if note.exists() else ""
        try:
            number = self._hold(given or (int(before) if before.isdigit() else None), what)
        except Permanent:
            if given:
                raise
            number = self._hold(None, what)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(str(number), encoding="utf-8")
        return number

    def _start(self) -> None:
        self._compiling.start()  # ends by itself, long before the first match
        self._start_catcher()
        self.servers.start()
        apply_topology(self.servers.nats.url, recorded())
        for name in SERVICES:
            self._start_service(name)
        for name, port in self.health.items():
            self.children[name].wait(partial(not_ready, f"http://127.0.0.1:{port}/readyz"))
        location.announce(self.environment, self.folder)

    def _start_catcher(self) -> None:
        ports = ["--smtp-port", str(self.smtp_port), "--http-port", str(self.mail_page_port)]
        pages = ["--folder", str(self.folder / "mails"), "--link", f"Kindred's pages={self.portal_url}"]
        arguments = ["-m", "kindred.catcher", *ports, *pages]
        child = Child("mail catcher", arguments, {}, self.folder / "logs" / "catcher.log")
        self.children["catcher"] = child
        child.start()

    def _start_service(self, name: str) -> None:
        environment = {**self.environment, "KINDRED_HEALTH_PORT": str(self.health[name])}
        child = Child(name, ["-m", f"services.{name}.app"], environment, self.folder / "logs" / f"{name}.log")
        self.children[name] = child
        child.start()


def apply_topology(nats_url: str, topology: Topology) -> list[streams.Change]:
    """Create or update streams and consumers on a server."""

    async def apply() -> list[streams.Change]:
        connection = await nats.connect(nats_url)
        try:
            return await streams.apply(connection.jetstream(), topology)
        finally:
            await connection.close()

    return asyncio.run(apply())
