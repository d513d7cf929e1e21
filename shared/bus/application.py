"""FastStream's application, except that it always ends when asked to."""

import os
import threading

from faststream import FastStream

GRACE = 8.0
"""Seconds from SIGTERM until the process exits, whatever still hangs. Supervisors wait longer before they kill."""


class Application(FastStream):
    """FastStream stops only once it has started. Without NATS or MongoDB it never starts, so it would never stop.

    A hard exit loses nothing: unacknowledged messages are delivered again, as after a kill.
    """

    def exit(self) -> None:
        """Shut down in good order, or exit after ``GRACE`` seconds."""
        super().exit()
        last_resort = threading.Timer(GRACE, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()
