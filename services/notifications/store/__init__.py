"""MongoDB behind the ports."""

from services.notifications.store.contacts import MongoContacts
from services.notifications.store.controls import MongoPauseSwitch, MongoPreferences, MongoSuppressions
from services.notifications.store.indexes import hold_after_restore, prepare
from services.notifications.store.ledger import MongoLedger
from services.notifications.store.programmes import MongoProgrammes
from services.notifications.store.queue import MongoQueue
from services.notifications.store.replies import MongoReplies
from services.notifications.store.targets import MongoCompletions, MongoGroups, MongoTargets
from services.notifications.store.triage import MongoTriage
from shared.mongo import Database


class Stores:
    """One of each over the same database."""

    def __init__(self, database: Database) -> None:
        self.contacts = MongoContacts(database)
        self.programmes = MongoProgrammes(database)
        self.groups, self.targets = MongoGroups(database), MongoTargets(database)
        self.completions = MongoCompletions(database)
        self.replies = MongoReplies(database)
        self.queue, self.ledger = MongoQueue(database), MongoLedger(database)
        self.switch, self.suppressions = MongoPauseSwitch(database), MongoSuppressions(database)
        self.preferences, self.triage = MongoPreferences(database), MongoTriage(database)


__all__ = ["Stores", "hold_after_restore", "prepare"]
