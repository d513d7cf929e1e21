"""Loops that wait to be woken end when they are cancelled in the very turn that wakes them."""

import asyncio
from types import SimpleNamespace
from typing import Any

from services.programmes.handlers.workers.imports.runner import Runner
from shared.bus.faults import Faults
from shared.bus.relay import Relay
from tests.waiting import patience


async def ends(loop, wake):
    """Whether the loop ends that is woken and cancelled at once."""
    task = asyncio.create_task(loop)
    for _ in range(5):
        await asyncio.sleep(0)  # until it waits
    wake()
    await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=patience(1.0))
    return task in done


NOTHING: Any = None


async def no_imports(*_):
    return None


def anything(**parts) -> Any:
    return SimpleNamespace(**parts)


async def test_the_relay(monkeypatch):
    async def nothing(_):
        return 0

    monkeypatch.setattr(Relay, "drain", nothing)
    relay = Relay("any", NOTHING, anything(jetstream=lambda: None), NOTHING, Faults())
    assert await ends(relay.run(), relay.wake)


async def test_the_imports(clock):
    runner = Runner(anything(claim=no_imports), {}, owner="any", lease_seconds=1.0, clock=clock)
    assert await ends(runner.run(NOTHING, NOTHING), runner._wake.set)
