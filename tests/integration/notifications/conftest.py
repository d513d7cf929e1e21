"""The notifications service on real NATS, MongoDB and SMTP, with a fake for who owns briefs and reports."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import pytest

from services.notifications.app import build
from services.notifications.settings import NotificationsSettings
from shared.bus import BusClient, Service, runtime
from shared.commands.event_programmes import EventProgramme, ShowEventProgramme
from shared.commands.notifications import ListMails, MailRows
from shared.commands.scheduling_dates import AgreementDetail, ShowAgreement
from shared.errors import Rejected
from shared.events.base import Event
from shared.mongo import Database, Mongo
from shared.settings import Settings
from tests.fakes import FakeClock
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.integration.notifications.relay import Handler, serving
from tests.unit.notifications import world
from tests.waiting import until

E = TypeVar("E", bound=Event)
Publish = Callable[..., Awaitable[None]]


@pytest.fixture
async def mailboxes() -> Mailboxes:
    return Mailboxes()


@pytest.fixture
def relay_handler(mailboxes: Mailboxes) -> Handler:
    return Handler(mailboxes)


@pytest.fixture
async def relay_port(mailboxes: Mailboxes, relay_handler: Handler) -> AsyncIterator[int]:
    async with serving(mailboxes, handler=relay_handler) as port:
        yield port


@pytest.fixture
def own(settings: Settings, relay_port: int) -> NotificationsSettings:
    return NotificationsSettings(
        **settings.model_dump(), smtp_host="127.0.0.1", smtp_port=relay_port,
        public_url="https://kindred.example", smtp_connections=4, bounce_digest_seconds=1,
    )  # fmt: skip


@pytest.fixture
def database(mongo: Mongo, settings: Settings) -> Database:
    return mongo.database(f"{settings.database_prefix}notifications")


@pytest.fixture
def teller(settings: Settings) -> Service:
    """Tells events as their owners would."""
    return Service("programmes", settings)


@pytest.fixture
def publish(teller: Service) -> Publish:
    async def tell(*facts) -> None:
        async def work(unit) -> None:
            for fact in facts:
                if hasattr(fact, "email"):
                    unit.put_contact(fact)
                else:
                    unit.publish(fact)

        await teller.transact(work)

    return tell


@pytest.fixture(autouse=True)
def standing_clock(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The services of these tests live in September 2026, whenever they run."""
    monkeypatch.setattr(runtime, "SystemClock", lambda: clock)


@pytest.fixture
async def service(
    own: NotificationsSettings, teller: Service, scheduling: Service, running, publish: Publish
) -> Service:
    """The service at work, with a programme enrolled."""
    assert scheduling
    built = build(own)
    await running(teller, built)
    await enrol(publish, built)
    return built


@pytest.fixture
async def scheduling(settings: Settings, running) -> Service:
    """Somebody who answers for scheduling what a day is for, and knows of no event's programme."""
    answering = Service("scheduling", settings)

    async def show(_query: ShowAgreement) -> AgreementDetail:
        return world.agreement()

    async def show_event(_query: ShowEventProgramme) -> EventProgramme:
        raise Rejected("unknown-event", "There is no such event.")

    answering.query(ShowAgreement, show)
    answering.query(ShowEventProgramme, show_event)
    await running(answering)
    return answering


async def enrol(publish: Publish, service: Service) -> None:
    """Tell of a programme with its people, and wait until the service knows it."""
    await publish(*world.cards(), world.opened(), *map(world.enrolled, world.SCHOOLS), world.appointed())

    async def known() -> bool:
        people, leads = service.database["people"], service.database["facilitators"]
        return await people.count() == len(world.NAMES) and await leads.count() == 1

    await until(known)


async def listed(client: BusClient, **wanted) -> MailRows:
    found: MailRows = await client.find(ListMails(limit=500, **wanted))
    return found


async def published_by(database: Database, kind: type[E]) -> list[E]:
    """The events of one kind that the service has published."""
    rows = await database["outbox"].find().to_list()
    found = [row for row in rows if f".{kind.__name__}.v1." in str(row.get("subject", ""))]
    return [kind.model_validate_json(row["body"]) for row in found]
