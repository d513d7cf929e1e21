"""Where the demo's year stops, everybody's way in works, and so does what comes next, typed or on the mails' pages."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from kindred.demo.browser import Browser, Page, PageFault
from kindred.demo.mailbox import Mailbox
from tests.waiting import patience, until_now
from tests.workers import STACKS

ROOT = Path(__file__).parents[2]
_WAY_IN = re.compile(r"^  (.+), ([^,]+): (http://127\.0\.0\.1:\d+/as/[a-z-]+)$", re.MULTILINE)
_SET = re.compile(r"export XDG_CONFIG_HOME='([^']+)' KINDRED_PROGRAMME='([^']+)'")
_MAILS = re.compile(r"Every mail: (http://\S+)")
ROLES = {"Coordinator", "Headteacher", "Senior leader", "CPD lead", "Facilitator", "Chair of governors"}


@dataclass
class Stopped:
    """A demo that has stopped and serves. `said`: all that it has printed."""

    said: str
    folder: Path

    def typed(self, *words: str, surely: bool = True) -> Any:
        """What a command of the coordinator answers, in JSON; None where it fails and need not succeed."""
        config, programme = _SET.findall(self.said)[0]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
        about = {"XDG_CONFIG_HOME": config, "KINDRED_PROGRAMME": programme, "KINDRED_FOLDER": str(self.folder)}
        done = subprocess.run(
            [sys.executable, "-m", "kindred", *words, "--json"], cwd=ROOT, env={**clean, **about}, capture_output=True,
            text=True, encoding="utf-8", timeout=patience(120), check=False,
        )  # fmt: skip
        assert done.returncode == 0 or not surely, f"{words}: {done.stderr}"
        return json.loads(done.stdout) if done.returncode == 0 else None

    def behind_a_mail(self, fits: Callable[[Page], bool], button: str = "") -> Page:
        """The page behind a link of the latest mails that fits; with a button that of what is pressed on it."""
        return asyncio.run(self._behind_a_mail(fits, button))

    async def _behind_a_mail(self, fits: Callable[[Page], bool], button: str) -> Page:
        mailbox = Mailbox(_MAILS.findall(self.said)[0])
        try:
            letters = await mailbox.refresh()
        finally:
            await mailbox.close()
        for letter in reversed(letters):
            for link in letter.links:
                browser = Browser(httpx.AsyncHTTPTransport())
                page = await browser.look(link)
                if page.status == 200 and fits(page):
                    return await browser.press(page, button, {}) if button else page
        raise PageFault("No mail leads to such a page.")


@contextmanager
def stopped(folder: Path, stage: str) -> Iterator[Stopped]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
    words = ["--until", stage, "--schools", "6", "--programme", "peer-visits", "--folder", str(folder / "demo")]
    demo = subprocess.Popen(
        [sys.executable, "-m", "kindred", "demo", *words],
        cwd=ROOT, env={**clean, "KINDRED_FOLDER": str(folder), "COLUMNS": "200"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one call, before any thread
    )  # fmt: skip
    said = ""
    try:
        assert demo.stdout is not None
        for line in demo.stdout:
            said += line
            if "Serving until" in line:
                break
        assert "Serving until" in said, said[-4000:]
        yield Stopped(said, folder)
    finally:
        demo.send_signal(signal.SIGINT)
        assert demo.wait(patience(60)) == 0, said[-2000:]


def everybody_goes_in(demo: Stopped) -> None:
    ways = _WAY_IN.findall(demo.said)
    assert {title for title, _, _ in ways} >= ROLES, demo.said[-3000:]
    for title, name, address in ways:
        with httpx.Client(follow_redirects=True, timeout=120) as browser:
            page = browser.get(address)
        assert page.status_code == 200, (title, page.text)
        assert page.url.path == ("/console" if title == "Coordinator" else "/me/todo"), title
        assert name in page.text, title


def group(demo: Stopped) -> None:
    """Enrolment is closed, the draft is looked at and published."""

    def state() -> str:
        found = demo.typed("cohorts", "show", surely=False)
        return str(found["cohort"]["state"]) if found else ""

    demo.typed("programmes", "close")
    until_now(lambda: state() == "draft", "until groups are drafted", seconds=120)
    demo.typed("cohorts", "publish")
    until_now(lambda: state() == "published", "until groups are published", seconds=120)


def answer(demo: Stopped) -> None:
    """An invitation is answered behind its mail's link."""
    assert demo.typed("visits", "list")["visits"]

    def invites(page: Page) -> bool:
        return any(value == "accepted" for form in page.forms for _, value in form.buttons)

    assert demo.behind_a_mail(invites, "accepted").url.endswith("/saved")


def write_a_brief(demo: Stopped) -> None:
    """A week passes, a host is asked for its brief, and the list in the mail leads to it."""
    demo.typed("clock", "advance", "+1w")
    demo.typed("clock", "advance", "monday")
    _owed(demo, "brief")


def write_findings(demo: Stopped) -> None:
    """The day comes on which findings are asked for, and the list in the mail leads to them."""
    demo.typed("clock", "advance", "+1w")
    demo.typed("clock", "advance", "monday")
    _owed(demo, "findings")


def _owed(demo: Stopped, task: str) -> None:
    def asked() -> list[Any]:
        rows = demo.typed("tasks", "list", "--task", task, "--state", "open")["tasks"]
        return [row["task_id"] for row in rows]

    until_now(lambda: bool(asked()), f"until {task} is asked for", seconds=120)
    owed = {f"/task/{one}" for one in asked()}

    def leads(page: Page) -> bool:
        return any(link.endswith(tuple(owed)) for link in page.links)

    until_now(lambda: _found(demo, leads), "until the mail that asks for it has come", seconds=120)


def _found(demo: Stopped, fits: Callable[[Page], bool]) -> bool:
    try:
        demo.behind_a_mail(fits)
    except PageFault:
        return False
    return True


@pytest.mark.parametrize(
    ("stage", "then"),
    [
        ("matching", group),
        pytest.param("invited", answer, marks=pytest.mark.acceptance),
        pytest.param("visits", write_a_brief, marks=pytest.mark.acceptance),
        pytest.param("findings", write_findings, marks=pytest.mark.acceptance),
    ],
)
@pytest.mark.timeout(1800)
@STACKS
def test_the_year_stops_and_goes_on_by_hand(tmp_path: Path, stage: str, then: Callable[[Stopped], None]) -> None:
    with stopped(tmp_path, stage) as demo:
        assert "not so:" not in demo.said
        everybody_goes_in(demo)
        then(demo)
