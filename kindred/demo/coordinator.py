"""The coordinator's desk: runs `kindred` commands as a person types them, one process each, and reads their JSON."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.errors import Permanent

ROOT = Path(__file__).parents[2]
REFUSED, LATER = 2, 3
PATIENCE = 120.0
"""Seconds for which a command that says "try again" is tried again."""
PAUSE = 2.0
OVER = '"not-signed-in"'
"""The rule by which a command is refused whose person is signed in no more."""
UNSURE = "may still be carried out"
"""Said of a command that may have been carried out: whoever reads that looks first."""


@dataclass(frozen=True)
class Outcome:
    """What a command left."""

    code: int
    out: str
    err: str


class Coordinator:
    """Runs commands with the settings of the Kindred they are meant for; keeps what was typed.

    ``programme`` is the one that commands are about where several run; blank while there is one.
    """

    def __init__(
        self,
        settings: dict[str, str],
        programme: str = "",
        *,
        patience: float = PATIENCE,
        pause: float = PAUSE,
        sign_in: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._settings = settings
        self.programme = programme
        self._patience = patience
        self._pause = pause
        self._sign_in = sign_in
        self.typed: list[str] = []

    async def run(self, *arguments: str) -> Any:
        """Run a command that must succeed, again where it says so; return its JSON."""
        until = time.monotonic() + self._patience
        done = await self._signed_in(*arguments)
        while done.code == LATER and UNSURE not in done.err and time.monotonic() < until:
            await asyncio.sleep(self._pause)
            done = await self.start(*arguments)
        if done.code:
            raise Permanent(f"`kindred {' '.join(arguments)}` ended with {done.code}: {done.err.strip()[:600]}")
        return json.loads(done.out) if done.out.strip() else None

    async def refused(self, *arguments: str) -> dict[str, str]:
        """Run a command that must be refused; return the rule and the sentence."""
        done = await self._signed_in(*arguments)
        if done.code != REFUSED:
            raise Permanent(f"`kindred {' '.join(arguments)}` should have been refused; it ended with {done.code}.")
        said: dict[str, str] = json.loads(done.err.strip().splitlines()[-1])
        return said

    async def _signed_in(self, *arguments: str) -> Outcome:
        """Run a command once; sign in first where that is needed anew, since months pass in a demo."""
        done = await self.start(*arguments)
        if self._sign_in is not None and arguments[0] != "login" and done.code == REFUSED and OVER in done.err:
            await self._sign_in()
            done = await self.start(*arguments)
        return done

    async def start(self, *arguments: str) -> Outcome:
        """Run a command once, however it ends."""
        self.typed.append(" ".join(arguments))
        about = {"KINDRED_PROGRAMME": self.programme} if self.programme else {}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kindred", *arguments, "--json",
            cwd=ROOT, env={**os.environ, **self._settings, **about, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            out, err = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        return Outcome(process.returncode or 0, out.decode(), err.decode())
