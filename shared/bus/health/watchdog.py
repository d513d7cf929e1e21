"""Ends a process whose event loop no longer turns, so that whoever supervises it starts it again.

A thread looks once a second. It counts what it saw itself: a process that was paused and goes on is not ended for it.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from shared import telemetry
from shared.bus.health.readiness import Health

PATIENCE = 60
"""Looks in a row, one a second, at which the loop did not turn."""
EXIT_CODE = 70
_log = telemetry.logger("kindred.watchdog")


@dataclass
class Watchdog:
    """Counts looks at a process that does not answer."""

    health: Health
    end: Callable[[int], object] = os._exit
    stuck: int = 0

    def look(self) -> None:
        """Look once; end the process when it has been stuck at every look of a minute."""
        self.stuck = 0 if self.health.alive else self.stuck + 1
        if self.stuck >= PATIENCE:
            _log.error("event_loop_stuck", seconds=self.stuck, stack=_main_stack())
            self.end(EXIT_CODE)


def start(health: Health) -> None:
    """Look for ever, in a thread of its own."""
    watchdog, pause = Watchdog(health), threading.Event()

    def run() -> None:
        while not pause.wait(1.0):
            watchdog.look()

    threading.Thread(target=run, name="watchdog", daemon=True).start()


def _main_stack() -> str:
    frame = sys._current_frames().get(threading.main_thread().ident or 0)  # noqa: SLF001 - the documented way to see another thread
    return "".join(traceback.format_stack(frame)) if frame else ""
