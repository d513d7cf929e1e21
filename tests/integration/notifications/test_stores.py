"""The MongoDB adapters keep the contracts that the ports in memory keep."""

import pytest

from services.notifications.ports.stores import Stores
from services.notifications.store import mongo_stores, prepare
from shared.mongo import Database
from tests.unit.notifications.ports.controls import ControlsContract
from tests.unit.notifications.ports.held import HeldContract
from tests.unit.notifications.ports.ledger import (
    ErasureContract,
    LedgerContract,
    ResendingContract,
    ReturnsContract,
    TroublesContract,
)
from tests.unit.notifications.ports.mails import EntriesContract, OutcomesContract, QueueContract
from tests.unit.notifications.ports.records import (
    ContactsContract,
    ProgrammesContract,
    RepliesContract,
    TargetsContract,
)
from tests.unit.notifications.ports.template_facts import TemplateFactsContract
from tests.unit.notifications.ports.triage import TriageContract


@pytest.fixture
async def stores(database: Database) -> Stores:
    await prepare(database)
    return mongo_stores(database)


class TestContacts(ContactsContract):
    pass


class TestProgrammes(ProgrammesContract):
    pass


class TestTargets(TargetsContract):
    pass


class TestReplies(RepliesContract):
    pass


class TestControls(ControlsContract):
    pass


class TestTemplateFacts(TemplateFactsContract):
    pass


class TestTriage(TriageContract):
    pass


class TestQueue(QueueContract):
    pass


class TestEntries(EntriesContract):
    pass


class TestOutcomes(OutcomesContract):
    pass


class TestLedger(LedgerContract):
    pass


class TestHeld(HeldContract):
    pass


class TestReturns(ReturnsContract):
    pass


class TestResending(ResendingContract):
    pass


class TestTroubles(TroublesContract):
    pass


class TestErasure(ErasureContract):
    pass
