"""The ports of notifications in memory. Each passes the contract suite that the MongoDB adapter passes."""

from services.notifications.ports.stores import Stores
from tests.fakes.notifications.contacts import MemoryContacts
from tests.fakes.notifications.controls import (
    MemoryPauseSwitch,
    MemoryPreferences,
    MemorySealKey,
    MemorySuppressions,
    MemoryTriage,
)
from tests.fakes.notifications.held import MemoryHeld
from tests.fakes.notifications.mails import MemoryMails
from tests.fakes.notifications.other_services import FixedServices
from tests.fakes.notifications.programmes import MemoryProgrammes
from tests.fakes.notifications.randomness import FixedRandomness
from tests.fakes.notifications.relay import MemoryRelay
from tests.fakes.notifications.targets import (
    MemoryAliases,
    MemoryCompletions,
    MemoryGroups,
    MemoryReplies,
    MemoryTargets,
)
from tests.fakes.notifications.template_facts import (
    MemoryFormEntries,
    MemoryOwedTasks,
    MemoryPairs,
    MemoryPassages,
    MemoryPlacements,
)
from tests.fakes.notifications.transactions import MemoryTransactions
from tests.fakes.roster import MemoryRoster


def memory_stores() -> Stores:
    """Return one of each; the queue and the ledger look at the same mails."""
    mails = MemoryMails()
    return Stores(
        contacts=MemoryContacts(),
        programmes=MemoryProgrammes(),
        groups=MemoryGroups(),
        targets=MemoryTargets(),
        completions=MemoryCompletions(),
        replies=MemoryReplies(),
        queue=mails,
        ledger=mails,
        held=MemoryHeld(mails),
        switch=MemoryPauseSwitch(),
        suppressions=MemorySuppressions(),
        preferences=MemoryPreferences(),
        triage=MemoryTriage(),
        seal_key=MemorySealKey(),
        aliases=MemoryAliases(),
        roster=MemoryRoster(),
        tasks=MemoryOwedTasks(),
        entries=MemoryFormEntries(),
        placements=MemoryPlacements(),
        pairs=MemoryPairs(),
        passages=MemoryPassages(),
    )


__all__ = [
    "FixedRandomness", "FixedServices", "MemoryMails", "MemoryRelay", "MemoryTransactions", "memory_stores",
]  # fmt: skip
