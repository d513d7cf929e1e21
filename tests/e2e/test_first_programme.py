"""docs/first-programme.md, followed word by word on a real stack: its commands as they stand, and what they show."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import httpx
import pyotp
import pytest

from tests.waiting import patience, until_now
from tests.walkthrough import Step, fits, plain, steps
from tests.workers import STACKS

pytestmark = [STACKS, pytest.mark.timeout(3600)]
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "first-programme.md"
LOOKS = {"list", "show", "calendar", "why", "why-not"}
"""Commands that only look; what they show comes in a moment, so they are asked until it does."""
STACK = ["services", "up"]
QUIET_LOOKS = 10
"""Looks at a bus at rest after which nothing more is shown: mails and plans that need no bus are done by then."""
LONGEST = 1800
"""Seconds; `services up` gives up by itself where nothing gets further, so this is for one that hangs."""


class Newcomer:
    """Types commands into a second window while a stack runs in the first."""

    def __init__(self, folder: Path, later: int) -> None:
        self.folder = folder
        self._later = later
        self._stack: subprocess.Popen[bytes] | None = None
        self._quiet = 0
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
        self._environment = {**kept, "KINDRED_FOLDER": str(folder / ".kindred"), "PYTHONPATH": str(ROOT)}
        self._environment |= {"COLUMNS": "110", "XDG_CONFIG_HOME": str(folder / ".config")}

    def follow(self, step: Step) -> None:
        """Type the command; AssertionError unless it shows what the page says."""
        words = shlex.split(self._dated(step.command))
        assert words[0] == "kindred", f"line {step.line} runs something else"
        shown = plain(self._dated("\n".join(step.shown)))
        if words[1:] == STACK:
            self.press_ctrl_c()
            self._start()
            until_now(lambda: fits(shown, self._said()) or self._fail_if_over(), f"{step}", seconds=LONGEST)
            return
        if words[1] == "login":
            seen = plain(self._dated(self._sign_in(words[1:])))
            assert fits(shown, seen), f"line {step.line}: `{step.command}` showed:\n" + "\n".join(seen)
            return
        seen, self._quiet = self._type(words[1:]), 0
        while words[2:] and words[2] in LOOKS and not fits(shown, seen) and self._may_show_more():
            seen = self._type(words[1:])
        assert fits(shown, seen), f"line {step.line}: `{step.command}` showed:\n" + "\n".join(seen)

    def press_ctrl_c(self) -> None:
        """End the stack as a person at its window does."""
        if self._stack is not None:
            self._stack.send_signal(signal.SIGINT)
            assert self._stack.wait(patience()) == 0
            self._stack = None

    def end(self) -> None:
        """Leave nothing running, whatever happened."""
        if self._stack is not None:
            self._stack.terminate()
            self._stack.wait(patience())

    def _start(self) -> None:
        with (self.folder / "window.txt").open("wb") as window:
            self._stack = subprocess.Popen(
                [sys.executable, "-m", "kindred", *STACK], cwd=self.folder, env=self._environment, stdout=window,
                stderr=subprocess.STDOUT,
            )  # fmt: skip

    def _may_show_more(self) -> bool:
        """Whether a command that looks may show more: something is on its way on the bus, or was a few looks ago.

        Looks are counted, not seconds: they take as much longer on a busy machine as what they wait for.
        """
        self._quiet = 0 if self._on_its_way() else self._quiet + 1
        return self._quiet < QUIET_LOOKS

    def _on_its_way(self) -> bool:
        said = self._typed(["bus", "status", "--json"])
        found = json.loads(said) if said.startswith("{") else {}
        if "consumers" not in found:  # nobody answers yet, or not now
            return True
        return any(one["waiting"] or one["in_hand"] for one in found["consumers"])

    def _said(self) -> list[str]:
        return plain((self.folder / "window.txt").read_text(encoding="utf-8"))

    def _fail_if_over(self) -> bool:
        assert self._stack is not None
        assert self._stack.poll() is None, "\n".join(self._said())
        return False

    def _type(self, words: list[str]) -> list[str]:
        return plain(self._dated(self._typed(words)))

    def _typed(self, words: list[str]) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kindred", *words], cwd=self.folder, env=self._environment, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return done.stdout

    def _sign_in(self, words: list[str]) -> str:
        """Type the code of the mail, and that of an authenticator set up with the key that is shown."""
        typing = subprocess.Popen(
            [sys.executable, "-m", "kindred", *words], cwd=self.folder, env=self._environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=0,
        )  # fmt: skip
        assert typing.stdin is not None
        assert typing.stdout is not None
        seen = self._until(typing.stdout, "Code in the mail: ")
        print(self._mailed_code(), file=typing.stdin, flush=True)
        seen += "\n" + self._until(typing.stdout, "or a recovery code: ")
        key = re.search(r"Key: ((?:[A-Z2-7]{4} ?)+)", seen)
        assert key, seen
        print(pyotp.TOTP("".join(key[1].split())).now(), file=typing.stdin, flush=True)
        seen += "\n" + typing.stdout.read()
        assert typing.wait(patience()) == 0, seen
        return seen

    @staticmethod
    def _until(window: IO[str], prompt: str) -> str:
        seen = ""
        while not seen.endswith(prompt):
            letter = window.read(1)
            assert letter, seen
            seen += letter
        return seen

    def _mailed_code(self) -> str:
        """The code in the newest mail, as the page of mails has it."""
        where = re.search(r"mails\s+│ (http://\S+)", (self.folder / "window.txt").read_text(encoding="utf-8"))
        assert where

        def newest() -> str:
            rows = httpx.get(f"{where[1]}/api/v1/messages", params={"start": 0, "limit": 1}).json()["messages"]
            text = httpx.get(f"{where[1]}/api/v1/message/{rows[0]['ID']}/raw").text if rows else ""
            found = re.search(r"\bCode: (\d{6})\b", text)
            return found[1] if found else ""

        return until_now(newest, "the mail with the code")

    def _dated(self, text: str) -> str:
        """The text with its years as many years later as the page is old, and then without its days."""
        if not self._later:
            return text
        moved = re.sub(r"\b(20\d\d)(/\d\d)?\b", self._moved, text)
        return re.sub(r"\b[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+ \d{4}", "<day>", moved)

    def _moved(self, year: re.Match[str]) -> str:
        first = int(year[1]) + self._later
        return f"{first}/{(first + 1) % 100:02}" if year[2] else str(first)


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Newcomer]:
    """Somebody in a folder of their own, with the files of the checkout."""
    now = datetime.now(UTC)
    later = max(0, now.year - 2026 if now.month >= 9 else now.year - 2027)
    (tmp_path / "data").symlink_to(ROOT / "data")
    sheets = tmp_path / "docs" / "first-programme"
    sheets.mkdir(parents=True)
    somebody = Newcomer(tmp_path, later)
    for sheet in (ROOT / "docs" / "first-programme").iterdir():
        (sheets / sheet.name).write_text(
            re.sub(r"/(20\d\d)\b", lambda y: f"/{int(y[1]) + later}", sheet.read_text(encoding="utf-8")),
            encoding="utf-8",
        )
    yield somebody
    somebody.end()


def test_the_page_can_be_followed_word_by_word(newcomer: Newcomer) -> None:
    found = steps(PAGE)
    assert [step.command.split()[1:3] for step in found].count(STACK) == 2
    for step in found:
        newcomer.follow(step)
    newcomer.press_ctrl_c()
    assert not list((newcomer.folder / ".kindred" / "running").iterdir())
    assert (newcomer.folder / "enrolments.xlsx").stat().st_size > 5000
