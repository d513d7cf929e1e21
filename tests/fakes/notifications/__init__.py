"""The ports of notifications in memory. Each passes the contract suite that the MongoDB adapter passes."""

from tests.fakes.notifications.contacts import MemoryContacts
from tests.fakes.notifications.controls import MemoryPauseSwitch, MemoryPreferences, MemorySuppressions, MemoryTriage
from tests.fakes.notifications.mails import MemoryMails
from tests.fakes.notifications.other_services import FixedServices
from tests.fakes.notifications.programmes import MemoryProgrammes
from tests.fakes.notifications.targets import MemoryCompletions, MemoryGroups, MemoryReplies, MemoryTargets


class MemoryStores:
    """One of each, by the names that ``services.notifications.store.Stores`` has."""

    def __init__(self) -> None:
        self.contacts = MemoryContacts()
        self.programmes = MemoryProgrammes()
        self.groups, self.targets, self.completions = MemoryGroups(), MemoryTargets(), MemoryCompletions()
        self.replies = MemoryReplies()
        self.queue = self.ledger = MemoryMails()
        self.switch, self.suppressions, self.preferences = (
            MemoryPauseSwitch(),
            MemorySuppressions(),
            MemoryPreferences(),
        )
        self.triage = MemoryTriage()


__all__ = [
    "FixedServices", "MemoryCompletions", "MemoryContacts", "MemoryGroups", "MemoryMails", "MemoryPauseSwitch",
    "MemoryPreferences", "MemoryProgrammes", "MemoryReplies", "MemoryStores", "MemorySuppressions", "MemoryTargets",
    "MemoryTriage",
]  # fmt: skip
