"""The ports in memory keep the contracts that the MongoDB adapters keep."""

import pytest

from tests.fakes.notifications import MemoryStores
from tests.unit.notifications.ports.controls import ControlsContract
from tests.unit.notifications.ports.ledger import (
    ErasureContract,
    LedgerContract,
    ResendingContract,
    ReturnsContract,
    TroublesContract,
)
from tests.unit.notifications.ports.mails import OutcomesContract, QueueContract
from tests.unit.notifications.ports.records import (
    ContactsContract,
    ProgrammesContract,
    RepliesContract,
    TargetsContract,
)


@pytest.fixture
def stores() -> MemoryStores:
    return MemoryStores()


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


class TestQueue(QueueContract):
    pass


class TestOutcomes(OutcomesContract):
    pass


class TestLedger(LedgerContract):
    pass


class TestReturns(ReturnsContract):
    pass


class TestResending(ResendingContract):
    pass


class TestTroubles(TroublesContract):
    pass


class TestErasure(ErasureContract):
    pass
