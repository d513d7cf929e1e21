"""Lighthouse on pages of the portal: a phone on a slow line, as the tool simulates it.

Lighthouse is no part of the project: `npm install -g lighthouse`, or name its program in KINDRED_LIGHTHOUSE.
"""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

from tests.e2e.browsing import chromium

CATEGORIES = ("performance", "accessibility", "best-practices")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
SECONDS = 300


def program() -> str:
    """Where Lighthouse is; the one line that installs it otherwise."""
    found = os.environ.get("KINDRED_LIGHTHOUSE") or shutil.which("lighthouse")
    assert found, "These tests need Lighthouse: npm install -g lighthouse, or name its program in KINDRED_LIGHTHOUSE"
    return found


async def scores(url: str, cookies: str, folder: Path) -> dict[str, int]:
    """Run Lighthouse on a page; return points of 100 by category. The report stays in `folder`, which is there."""
    report, headers = folder / "report.json", json.dumps({"Cookie": cookies} if cookies else {})
    process = await asyncio.create_subprocess_exec(
        program(), url, "--quiet", "--output=json", f"--output-path={report}", f"--extra-headers={headers}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}",
        env={**os.environ, "CHROME_PATH": chromium()}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode == 0, said.decode(errors="replace")[-2000:]
    found = report_in(folder)
    return {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES}


def report_in(folder: Path) -> dict[str, Any]:
    """The report of a page."""
    found: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return found


def faults(folder: Path) -> list[str]:
    """What took points off, from the report in `folder`."""
    found = report_in(folder)
    weighed = {
        ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref.get("weight")
    }  # fmt: skip
    return sorted(
        f"{one['id']}: {one['score']} {one.get('displayValue', '')}".strip()
        for one in found["audits"].values()
        if one["id"] in weighed and one["score"] is not None and one["score"] < 1
    )
