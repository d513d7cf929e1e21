"""FastStream's application, except that it always ends when asked to."""

import os
import threading

from faststream import FastStream

GRACE = 8.0
"""Seconds from SIGTERM until the process ends, whatever still hangs: less than anybody waits before a kill."""


class Application(FastStream):
    """Asked to end while it starts, FastStream first waits for the start, which without NATS or MongoDB never comes.

    Ending hard loses nothing: what was in hand comes again, as after a kill.
    """

    def exit(self) -> None:
        """End in good order, or after ``GRACE`` seconds anyhow."""
        super().exit()
        last_resort = threading.Timer(GRACE, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()
