"""MongoDB behind the ports."""

from services.notifications.ports.stores import Stores
from services.notifications.store.contacts import MongoContacts
from services.notifications.store.controls import MongoPauseSwitch, MongoPreferences, MongoSuppressions
from services.notifications.store.held import MongoHeld
from services.notifications.store.indexes import prepare
from services.notifications.store.ledger import MongoLedger
from services.notifications.store.programmes import MongoProgrammes
from services.notifications.store.queue import MongoQueue
from services.notifications.store.replies import MongoAliases, MongoReplies
from services.notifications.store.seals import MongoSealKey
from services.notifications.store.targets import MongoCompletions, MongoGroups, MongoTargets
from services.notifications.store.template_facts import (
    MongoFormEntries,
    MongoOwedTasks,
    MongoPairs,
    MongoPassages,
    MongoPlacements,
)
from services.notifications.store.triage import MongoTriage
from shared.mongo import Database
from shared.roster.mongo import MongoRoster


def mongo_stores(database: Database) -> Stores:
    """Return every store over one database."""
    return Stores(
        contacts=MongoContacts(database),
        programmes=MongoProgrammes(database),
        groups=MongoGroups(database),
        targets=MongoTargets(database),
        completions=MongoCompletions(database),
        replies=MongoReplies(database),
        queue=MongoQueue(database),
        ledger=MongoLedger(database),
        held=MongoHeld(database),
        switch=MongoPauseSwitch(database),
        suppressions=MongoSuppressions(database),
        preferences=MongoPreferences(database),
        triage=MongoTriage(database),
        seal_key=MongoSealKey(database),
        aliases=MongoAliases(database),
        roster=MongoRoster(database),
        tasks=MongoOwedTasks(database),
        entries=MongoFormEntries(database),
        placements=MongoPlacements(database),
        pairs=MongoPairs(database),
        passages=MongoPassages(database),
    )


__all__ = ["mongo_stores", "prepare"]
