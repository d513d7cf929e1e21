"""`kindred demo`: everything on this machine, from nothing; then it serves until Ctrl-C."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from types import FrameType

import uvicorn
from rich.console import Console

from kindred import location
from kindred.demo import summary
from kindred.demo.mailbox import Mailbox
from kindred.demo.outboxes import InReach
from kindred.demo.play import play as play_round
from kindred.demo.plot import Plot, Until
from kindred.demo.plots import PLOTS
from kindred.demo.round import Round
from kindred.demo.target import Target
from kindred.demo.ways_in.gate import Gate
from kindred.running.advice import how_to_ask
from kindred.running.machine import port
from kindred.running.stack import Ports, Stack
from shared.errors import Permanent

REDRESS = 1
_MARK = "demo.pid"


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    schools: int
    seed: int
    folder: Path
    once: bool
    portal_port: int | None
    mail_port: int | None
    until: Until = ""
    plots: tuple[Plot, ...] = PLOTS


def play(wish: Wish) -> int:
    """Start, play, serve; return the exit code: 0 only if every check held."""
    console = Console()
    signal.signal(signal.SIGTERM, _interrupt)
    for name in [name for name in os.environ if name.startswith("KINDRED_")]:
        del os.environ[name]
    _clear(wish.folder)
    began = time.monotonic()
    ports = Ports(portal=wish.portal_port, mail_page=wish.mail_port)
    with Stack(wish.folder, ports, adjustable_clock=True) as stack:
        console.print(f"Everything runs after {time.monotonic() - began:.1f} s.")
        console.print(f"Pages {stack.portal_url}, mails {stack.mail_url}", soft_wrap=True)
        for sentence in how_to_ask(wish.folder):
            console.print(sentence, soft_wrap=True, markup=False)
        this = asyncio.run(play_round(target(stack), console, wish.schools, wish.seed, wish.until, wish.plots))
        took = "What was played" if wish.until else "The year"
        console.print(f"{took} took {time.monotonic() - began:.0f} s.")
        code = REDRESS if this.checks.wrong else 0
        if not wish.once:
            _serve(this, stack, console)
    return code


def _clear(folder: Path) -> None:
    """Make room for a new demo; a folder that is not a demo's own is left alone."""
    mark = folder / _MARK
    if mark.exists():
        pid = mark.read_text(encoding="utf-8").strip()
        if pid.isdigit() and location.lives(int(pid)) and int(pid) != os.getpid():
            raise Permanent(
                f"Another demo (process {pid}) runs in {folder}. End it, or name another place with --folder."
            )
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.exists() and any(folder.iterdir()):
        raise Permanent(f"{folder} holds other files; the demo empties its folder first. Name another with --folder.")
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(str(os.getpid()), encoding="utf-8")


def target(stack: Stack) -> Target:
    """What a round is played against: everything that runs in this stack."""
    return Target(
        settings={**stack.environment, "KINDRED_FOLDER": str(location.FOLDER)},  # by it a sign-in is found again
        portal_url=stack.portal_url,
        mail_url=stack.mail_url,
        replies_host="127.0.0.1",
        replies_port=stack.replies_port,
        folder=stack.folder,
        outboxes=InReach(stack.environment["KINDRED_MONGO_URL"]),
        memory=stack.peak_memory,
        check_alive=stack.check_alive,
    )


def _serve(this: Round, stack: Stack, console: Console) -> None:
    """Serve until Ctrl-C, with a door through which a newcomer goes in as somebody of each role."""
    held = port(None, "the ways in")

    def tell() -> None:
        summary.where_to_look(this, f"http://127.0.0.1:{held.number}")
        console.print("Serving until Ctrl-C. What the demo made up is gone when the next demo starts.")

    try:
        asyncio.run(_open_the_gate(this, stack, held.number, tell))
    except KeyboardInterrupt:
        console.print("Ending.")
    finally:
        held.release()


class Listening(uvicorn.Server):
    """Uvicorn that calls `tell` as soon as it answers."""

    def __init__(self, tell: Callable[[], None], config: uvicorn.Config) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Listen, and tell."""
        await super().startup(sockets)
        self._tell()


async def _open_the_gate(this: Round, stack: Stack, number: int, tell: Callable[[], None]) -> None:
    """Serve the ways in; `tell` where they are once they answer."""
    mailbox = Mailbox(stack.mail_url)
    gate = Gate(stack.portal_url, mailbox, this.ways_in, this.authenticators)
    server = Listening(tell, uvicorn.Config(gate.app(), host="127.0.0.1", port=number, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    try:
        while not (await asyncio.wait([serving], timeout=1))[0]:
            stack.check_alive()
    finally:
        server.should_exit = True
        await asyncio.wait([serving])
        await mailbox.close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
