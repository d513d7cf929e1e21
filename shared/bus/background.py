"""Background tasks. A failed task is logged and restarted; all are cancelled together."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from shared import telemetry
from shared.bus.verdicts import described

TIDYING = 7.0
"""Seconds that a cancelled task has to finish what is in hand."""
_log = telemetry.logger("kindred.background")


class Background:
    """The tasks of one service."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def add(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Start one."""
        self._tasks.append(asyncio.create_task(self._keep(name, work), name=name))

    async def stop(self) -> None:
        """Cancel all and wait for them. A task whose clean-up fails is not restarted.

        A task that goes on is cancelled again after ``TIDYING`` seconds. Libraries can lose a cancellation that arrives
        in the same turn of the loop as the result they wait for (asyncio.wait_for before Python 3.12).
        """
        self._stopping = True
        going = set(self._tasks)
        while going:
            for task in going:
                task.cancel()
            _, going = await asyncio.wait(going, timeout=TIDYING)
            if going:
                _log.warning("tasks_go_on", tasks=sorted(task.get_name() for task in going))
        self._tasks.clear()

    async def _keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        pause = 0.5
        while True:
            started = time.monotonic()
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - a task is kept going
                if self._stopping:
                    _log.warning("task_ended_badly", task=name, error=described(error))
                    return
                pause = 0.5 if time.monotonic() - started > 60 else min(pause * 2, 30.0)
                _log.error("task_failed", task=name, error=described(error), again_in=pause)
                await asyncio.sleep(pause)
            else:
                return
