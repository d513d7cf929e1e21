"""What handlers, `mail` and `inbound` need: small Protocols, split by who uses them."""

from services.notifications.ports.contacts import Addresses, Cards, Contacts
from services.notifications.ports.controls import Announcements, PauseSwitch, Preferences, Suppressions, Triage
from services.notifications.ports.mails import (
    Drafts,
    Erasure,
    Held,
    Intake,
    Ledger,
    Lookup,
    Outcomes,
    Queue,
    Resending,
    Returns,
    Settlement,
    Troubles,
)
from services.notifications.ports.other_services import OtherServices
from services.notifications.ports.programmes import Enrolments, Programmes
from services.notifications.ports.randomness import Randomness
from services.notifications.ports.relay import Relay
from services.notifications.ports.replies import Aliases, Replies
from services.notifications.ports.seals import Entries, SealKey
from services.notifications.ports.targets import Completions, Groups, Targets
from services.notifications.ports.template_facts import FormEntries, OwedTasks, Pairs, Passages, Placements
from services.notifications.ports.transactions import Transact

__all__ = [
    "Addresses",
    "Aliases",
    "Announcements",
    "Cards",
    "Completions",
    "Contacts",
    "Drafts",
    "Enrolments",
    "Entries",
    "Erasure",
    "FormEntries",
    "Groups",
    "Held",
    "Intake",
    "Ledger",
    "Lookup",
    "OtherServices",
    "Outcomes",
    "OwedTasks",
    "Pairs",
    "Passages",
    "PauseSwitch",
    "Placements",
    "Preferences",
    "Programmes",
    "Queue",
    "Randomness",
    "Relay",
    "Replies",
    "Resending",
    "Returns",
    "SealKey",
    "Settlement",
    "Suppressions",
    "Targets",
    "Transact",
    "Triage",
    "Troubles",
]
