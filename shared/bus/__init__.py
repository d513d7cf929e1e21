"""The bus: how services subscribe, publish, ask and set timers. Services import only what is named here.

Each name is loaded when it is first asked for, so a client does not load the service framework.
"""

from typing import TYPE_CHECKING

from shared.lazily import names

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

__getattr__ = names(__name__, _PLACES)
