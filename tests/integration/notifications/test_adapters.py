"""The adapters keep the contracts that the fakes keep: the relay over SMTP, other services over the bus."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from aiosmtplib import SMTP

from services.notifications.adapters.other_services import BusServices
from services.notifications.adapters.randomness import SystemRandomness
from services.notifications.adapters.relay import Lifetime, RelayConnection
from shared.bus import BusClient, Service
from shared.commands.reporting import Chunk, FetchReport
from shared.commands.scheduling import BriefText, ShowVisit, VisitDetail
from shared.commands.scheduling_calendars import ListWorkingDays, WorkingDayList
from shared.commands.scheduling_dates import AgreementDetail, ShowAgreement
from shared.errors import Rejected
from shared.events.notifications import MailFailed
from shared.events.scheduling_parts import Visit
from tests.fakes.notifications import FixedServices
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.integration.notifications.conftest import published_by
from tests.integration.notifications.relay import Handler, serving
from tests.unit.notifications import world
from tests.unit.notifications.ports.outside import PDF, OtherServicesContract, RandomnessContract, TransactContract
from tests.unit.notifications.ports.relay import ANN, SENDER, TEXT, AbsentRelayContract, RelayContract
from tests.unit.notifications.story import BRIEF

CHUNK = 300


def connection(port: int, lifetime: Lifetime | None = None, password: str | None = None) -> RelayConnection:
    user = "kindred" if password else None
    connect = partial(SMTP, hostname="127.0.0.1", port=port, username=user, password=password, start_tls=False)
    return RelayConnection(connect, lifetime or Lifetime())


class TestRelay(RelayContract):
    @pytest.fixture
    async def relay(self, relay_port: int) -> AsyncIterator[RelayConnection]:
        found = connection(relay_port)
        yield found
        await found.close()

    async def test_a_reused_connection_found_dead_is_renewed_once(
        self, mailboxes: Mailboxes, relay: RelayConnection, relay_handler: Handler
    ):
        assert await relay.open() is None
        assert (await relay.hand_over(SENDER, ANN, TEXT)).ending == "accepted"
        relay_handler.cut_all()
        assert (await relay.hand_over(SENDER, ANN, TEXT)).ending == "accepted"
        assert len(mailboxes.mails) == 2

    @pytest.mark.parametrize(("mails", "connections"), [(1, 3), (2, 2), (100, 1)])
    async def test_a_connection_is_renewed_after_so_many_mails(self, relay_port, relay_handler, mails, connections):
        relay = connection(relay_port, Lifetime(mails=mails))
        for _ in range(3):
            assert await relay.open() is None
            assert (await relay.hand_over(SENDER, ANN, TEXT)).ending == "accepted"
        await relay.close()
        assert len(relay_handler.servers) == connections

    async def test_an_address_that_no_envelope_can_hold_is_refused_and_the_next_mail_goes_out(
        self, mailboxes: Mailboxes, relay: RelayConnection
    ):
        assert await relay.open() is None
        attempt = await relay.hand_over(SENDER, "zoë@schools.example", TEXT)
        assert (attempt.ending, attempt.code, attempt.status) == ("refused", 553, "5.1.3")
        assert (await relay.hand_over(SENDER, ANN, TEXT)).ending == "accepted"
        assert [to for _, to, _ in mailboxes.mails] == [ANN]


class TestAbsentRelay(AbsentRelayContract):
    @pytest.fixture
    def absent_relay(self, unused_tcp_port: int) -> RelayConnection:
        return connection(unused_tcp_port)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
class TestLogin:
    """A relay that wants a login, with the right one, a wrong one and none."""

    @pytest.fixture
    async def port(self, mailboxes: Mailboxes) -> AsyncIterator[int]:
        async with serving(mailboxes, password=b"right") as port:
            yield port

    async def test_the_right_password_lets_mails_in(self, mailboxes, port):
        relay = connection(port, password="right")
        assert await relay.open() is None
        assert (await relay.hand_over(SENDER, ANN, TEXT)).ending == "accepted"
        await relay.close()

    async def test_a_wrong_one_is_told_when_connecting(self, port):
        attempt = await connection(port, password="wrong").open()
        assert attempt is not None
        assert (attempt.ending, attempt.code, attempt.stage) == ("unreachable", 535, "login")

    async def test_that_one_is_missing_is_told_when_a_mail_begins(self, mailboxes, port):
        relay = connection(port)
        assert await relay.open() is None
        attempt = await relay.hand_over(SENDER, ANN, TEXT)
        assert (attempt.ending, attempt.code, attempt.stage) == ("unreachable", 530, "login")
        assert mailboxes.mails == []


class TestOtherServices(OtherServicesContract):
    @pytest.fixture
    def brief(self) -> BriefText:
        return BRIEF

    @pytest.fixture
    def silent_others(self, client: BusClient) -> BusServices:
        return BusServices(lambda: client, patience=0.05)

    @pytest.fixture
    async def others(self, settings, running, client: BusClient, brief: BriefText) -> BusServices:
        scheduling, reporting = Service("scheduling", settings), Service("reporting", settings)
        scheduling.query(ShowVisit, partial(_visit, brief))
        scheduling.query(ShowAgreement, _agreement)
        scheduling.query(ListWorkingDays, _working_days)
        reporting.query(FetchReport, _report)
        await running(scheduling, reporting)
        return BusServices(lambda: client)


async def _visit(brief: BriefText, query: ShowVisit) -> VisitDetail:
    if query.visit_id != world.VISIT:
        raise Rejected("unknown-visit", "There is no such visit.")
    visit = Visit.model_validate(world.visit_scheduled().model_dump())
    return VisitDetail(visit=visit, state="published", version=1, brief=brief)


async def _agreement(query: ShowAgreement) -> AgreementDetail:
    if query.agreement_id != world.AGREEMENT:
        raise Rejected("unknown-agreement", "There is no such agreement.")
    return world.agreement()


async def _working_days(query: ListWorkingDays) -> WorkingDayList:
    return WorkingDayList(days=await FixedServices().working_days(query.after, query.count))


async def _report(query: FetchReport) -> Chunk:
    if (query.report_id, query.edition, query.format) != ("rpt-1", 1, "pdf"):
        raise Rejected("unknown-report", "There is no such report.")
    content = PDF[query.offset : query.offset + CHUNK]
    return Chunk(filename="a.pdf", media_type="application/pdf", size=len(PDF), sha256="0" * 64, content=content)


class TestRandomness(RandomnessContract):
    @pytest.fixture
    def randomness(self) -> SystemRandomness:
        return SystemRandomness()


class TestTransactions(TransactContract):
    @pytest.fixture
    async def transact(self, own, running):
        service = Service("notifications", own)
        await running(service)
        return service.transact

    @pytest.fixture
    def published(self, database):
        async def ids() -> list[str]:
            return [event.mail_id for event in await published_by(database, MailFailed)]

        return ids
