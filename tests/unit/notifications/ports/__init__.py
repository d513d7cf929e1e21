"""The contract suites of the ports: fakes pass them here, the MongoDB adapters in tests/integration/notifications."""

from services.notifications.store import Stores
from tests.fakes.notifications import MemoryStores

AnyStores = Stores | MemoryStores
