"""JSON logs, traces and metrics.

Each is loaded when it is first asked for, so a client does not load a service's metrics.
"""

from typing import TYPE_CHECKING

from shared.lazily import names

if TYPE_CHECKING:
    from shared.telemetry.logs import about, configure_logs, correlation, logger, traced
    from shared.telemetry.metrics import (
        ASK_SECONDS,
        ASKED,
        HANDLE_SECONDS,
        HANDLED,
        IN_HAND,
        LAG,
        MAILS,
        MAILS_HELD,
        OUTBOX_AGE,
        OUTBOX_WAITING,
        REFUSED,
        RELAY_UP,
        RELAYED,
    )
    from shared.telemetry.traces import traceparent

__all__ = [
    "ASKED", "ASK_SECONDS", "HANDLED", "HANDLE_SECONDS", "IN_HAND", "LAG", "MAILS", "MAILS_HELD", "OUTBOX_AGE",
    "OUTBOX_WAITING", "REFUSED", "RELAYED", "RELAY_UP", "about", "configure_logs", "correlation", "logger", "traced",
    "traceparent",
]  # fmt: skip

_PLACES = {
    **dict.fromkeys(("about", "configure_logs", "correlation", "logger", "traced"), "logs"),
    "traceparent": "traces",
}

__getattr__ = names(__name__, {**dict.fromkeys(__all__, "metrics"), **_PLACES})
