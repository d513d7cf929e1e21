"""Every store, bundled: MongoDB in the service, in memory in tests."""

from dataclasses import dataclass
from typing import Protocol

from services.notifications.ports.contacts import Contacts
from services.notifications.ports.controls import Announcements, PauseSwitch, Preferences, Suppressions, Triage
from services.notifications.ports.mails import (
    Drafts,
    Erasure,
    Held,
    Intake,
    Ledger,
    Outcomes,
    Queue,
    Resending,
    Returns,
    Troubles,
)
from services.notifications.ports.programmes import Enrolments, Programmes
from services.notifications.ports.replies import Aliases, Replies
from services.notifications.ports.seals import Entries, SealKey
from services.notifications.ports.targets import Completions, Groups, Targets
from services.notifications.ports.template_facts import FormEntries, OwedTasks, Pairs, Passages, Placements
from shared.roster import Roster


class AllProgrammes(Programmes, Enrolments, Protocol):
    """Programmes, read and written."""


class AllQueue(Intake, Queue, Drafts, Outcomes, Protocol):
    """Mails on their way, for every room that moves them on."""


class AllLedger(Ledger, Resending, Returns, Troubles, Erasure, Entries, Protocol):
    """Mails and what became of them, for every room that asks or changes it afterwards."""


class AllTriage(Triage, Announcements, Protocol):
    """Messages that came in, for who works through them and who tells of them."""


@dataclass(frozen=True)
class Stores:
    """One store for each port."""

    contacts: Contacts
    programmes: AllProgrammes
    groups: Groups
    targets: Targets
    completions: Completions
    replies: Replies
    queue: AllQueue
    ledger: AllLedger
    held: Held
    switch: PauseSwitch
    suppressions: Suppressions
    preferences: Preferences
    triage: AllTriage
    seal_key: SealKey
    aliases: Aliases
    roster: Roster
    tasks: OwedTasks
    entries: FormEntries
    placements: Placements
    pairs: Pairs
    passages: Passages
