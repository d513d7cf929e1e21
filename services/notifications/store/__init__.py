"""MongoDB behind the ports."""

from services.notifications.store.controls import MongoControls
from services.notifications.store.directory import MongoBook
from services.notifications.store.indexes import hold_after_restore, prepare
from services.notifications.store.ledger import MongoLedger
from services.notifications.store.queue import MongoQueue

__all__ = ["MongoBook", "MongoControls", "MongoLedger", "MongoQueue", "hold_after_restore", "prepare"]
