"""Everything outside the database, bundled."""

from collections.abc import Callable
from dataclasses import dataclass

from services.notifications.ports.other_services import OtherServices
from services.notifications.ports.randomness import Randomness
from services.notifications.ports.relay import Relay
from services.notifications.ports.transactions import Transact
from shared.clock import Clock


@dataclass(frozen=True)
class Outside:
    """``relay`` makes a connection that is not open yet. ``seconds`` is a monotonic clock."""

    services: OtherServices
    randomness: Randomness
    relay: Callable[[], Relay]
    transact: Transact
    clock: Clock
    seconds: Callable[[], float]
