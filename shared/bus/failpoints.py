"""Failpoints: steps at which chaos tests kill, fail or hang a process. Without FAILPOINT they do nothing.

``FAILPOINT=service.step:kill|raise|hang[@n]`` acts the n-th time (default the first) that the service passes the step;
several are separated by commas. Steps: see ``STEPS``.
"""

import asyncio
import os
import signal

from shared.errors import Retryable

STEPS = (
    "received", "in-transaction", "handled", "told", "committed", "acked",
    "relay-read", "relay-published", "relay-marked",
    "asked", "command-committed", "answered",
    "worker-started", "worker-finished",
)  # fmt: skip


def _planned(text: str) -> dict[str, tuple[str, int]]:
    plan = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        place, _, what = part.partition(":")
        action, _, count = what.partition("@")
        plan[place] = (action, int(count or 1))
    return plan


_plan = _planned(os.environ.get("FAILPOINT", ""))
_passed: dict[str, int] = {}


def arm(text: str) -> None:
    """Set the failpoints of this process anew (tests)."""
    _passed.clear()
    _plan.clear()
    _plan.update(_planned(text))


async def passing(service: str, step: str) -> None:
    """Pass a step; does what the plan says for it."""
    if not _plan:
        return
    place = f"{service}.{step}"
    action, count = _plan.get(place, ("", 0))
    _passed[place] = _passed.get(place, 0) + 1
    if _passed[place] != count:
        return
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "raise":
        raise Retryable(f"The failpoint {place} was set to raise.")
    elif action == "hang":
        await asyncio.sleep(3600)
