"""Long-lived tasks: kept going while the service runs, ended for good when it stops."""

import asyncio

from shared.bus.background import Background
from tests.waiting import patience


def nothing_else_runs():
    """Whether no task is left that could begin anything."""
    return asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_task_that_fails_is_started_again(monkeypatch):
    began: asyncio.Queue[bool] = asyncio.Queue()
    real_sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda _: real_sleep(0))
    background = Background()

    async def work():
        began.put_nowait(True)
        raise ConnectionError

    background.add("worker", work)
    for _ in range(3):
        async with asyncio.timeout(patience(5)):
            await began.get()
    await background.stop()
    assert nothing_else_runs()


async def test_a_task_that_cannot_tidy_up_still_ends():
    """Servers may be away by the time a service stops: then releasing what is held fails."""
    began = []
    at_work = asyncio.Event()
    background = Background()

    async def work():
        began.append(True)
        at_work.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise ConnectionError("the database is away")

    background.add("worker", work)
    await at_work.wait()
    async with asyncio.timeout(patience(5)):
        await background.stop()
    assert began == [True]
    assert nothing_else_runs()


async def test_a_task_that_lost_its_cancellation_is_cancelled_again(monkeypatch):
    monkeypatch.setattr("shared.bus.background.TIDYING", 0.05)
    lost = 0
    at_work = asyncio.Event()
    background = Background()

    async def work():
        nonlocal lost
        at_work.set()
        while lost < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
        await asyncio.Event().wait()

    background.add("worker", work)
    await at_work.wait()
    async with asyncio.timeout(patience(5)):
        await background.stop()
    assert lost == 2
