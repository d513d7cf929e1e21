"""The ports in memory keep the contracts that the MongoDB adapters keep."""

import pytest

from services.notifications.ports.stores import Stores
from shared.commands.scheduling import BriefText
from shared.events.notifications import MailFailed
from tests.fakes import FakeClock
from tests.fakes.notifications import FixedRandomness, FixedServices, MemoryRelay, MemoryTransactions, memory_stores
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.fakes.notifications.relay import AWAY
from tests.unit.notifications import world
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
from tests.unit.notifications.ports.outside import (
    PDF,
    OtherServicesContract,
    RandomnessContract,
    TransactContract,
)
from tests.unit.notifications.ports.records import (
    ContactsContract,
    ProgrammesContract,
    RepliesContract,
    TargetsContract,
)
from tests.unit.notifications.ports.relay import AbsentRelayContract, RelayContract
from tests.unit.notifications.ports.template_facts import TemplateFactsContract
from tests.unit.notifications.ports.triage import TriageContract
from tests.unit.notifications.story import BRIEF


@pytest.fixture
def stores() -> Stores:
    return memory_stores()


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


class TestRelay(RelayContract):
    @pytest.fixture
    def mailboxes(self) -> Mailboxes:
        return Mailboxes()

    @pytest.fixture
    def relay(self, mailboxes: Mailboxes) -> MemoryRelay:
        return MemoryRelay(mailboxes)


class TestAbsentRelay(AbsentRelayContract):
    @pytest.fixture
    def absent_relay(self) -> MemoryRelay:
        relay = MemoryRelay(Mailboxes())
        relay.fault = AWAY
        return relay


class TestOtherServices(OtherServicesContract):
    @pytest.fixture
    def brief(self) -> BriefText:
        return BRIEF

    @pytest.fixture
    def others(self, brief: BriefText) -> FixedServices:
        return FixedServices(brief, PDF, world.agreement())

    @pytest.fixture
    def silent_others(self, others: FixedServices) -> FixedServices:
        others.silent = True
        return others


class TestRandomness(RandomnessContract):
    @pytest.fixture
    def randomness(self) -> FixedRandomness:
        return FixedRandomness()


class TestTransactions(TransactContract):
    @pytest.fixture
    def transact(self, clock: FakeClock) -> MemoryTransactions:
        return MemoryTransactions(clock)

    @pytest.fixture
    def published(self, transact: MemoryTransactions):
        async def ids() -> list[str]:
            return [event.mail_id for event in transact.published if isinstance(event, MailFailed)]

        return ids
