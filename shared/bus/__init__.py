"""The bus: how services hear, tell, ask and are reminded. They see what is named here and nothing below it.

Each name is loaded when it is first asked for, so that a client does not pay for the service framework.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.bus.client import BusClient
    from shared.bus.reminder import CancelledReminder, Reminder
    from shared.bus.service import Service
    from shared.bus.topology import Consumer, Topology
    from shared.bus.unit_of_work import UnitOfWork
    from shared.bus.uploads import Uploads

__all__ = ["BusClient", "CancelledReminder", "Consumer", "Reminder", "Service", "Topology", "UnitOfWork", "Uploads"]

_PLACES = {
    "BusClient": "client",
    "CancelledReminder": "reminder",
    "Consumer": "topology",
    "Reminder": "reminder",
    "Service": "service",
    "Topology": "topology",
    "UnitOfWork": "unit_of_work",
    "Uploads": "uploads",
}


def __getattr__(name: str) -> Any:
    """Load a name from its module (PEP 562)."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
