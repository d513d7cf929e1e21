"""Seven services, one clock, one post."""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from services.matching import app as matching
from services.matching.settings import MatchingSettings
from services.notifications import app as notifications
from services.portal import app as portal
from services.portal.handlers.sign_in_mails import SignInMails
from services.portal.settings import PortalSettings
from services.programmes import app as programmes
from services.programmes.domain.register.entry import RegisterEntry
from services.programmes.domain.register.school import School
from services.programmes.settings import ProgrammesSettings
from services.reporting import app as reporting
from services.reporting.settings import ReportingSettings
from services.scheduling import app as scheduling
from services.scheduling.settings import SchedulingSettings
from services.scheduling.store.shipped import shipped_calendars
from services.tasks import app as tasks
from services.tasks.domain.calendar import Calendar
from services.tasks.settings import TasksSettings
from shared.bus import Service
from shared.commands.base import Command, Query
from shared.commands.imports import GoOnWithImport
from shared.commands.programmes import ImportFile
from tests.fakes import START, FakeClock
from tests.fakes import notifications as fake_notifications
from tests.fakes import programmes as fake_programmes
from tests.fakes import tasks as fake_tasks
from tests.fakes.bus import MemoryUploads
from tests.fakes.matching.stores import FakeStores as MatchingStores
from tests.fakes.memory import Attributes, Memory, Undoable
from tests.fakes.portal.dead_letters import FakeDeadLetters
from tests.fakes.portal.models import Collections
from tests.fakes.portal.stores import memory_stores as portal_stores
from tests.fakes.reporting.renderer import FakeRenderer
from tests.fakes.reporting.stores import Memory as ReportingMemory
from tests.fakes.scheduling import memory_stores as scheduling_stores
from tests.fakes.scheduling.authorities import KnownAuthorities
from tests.fakes.town.buses import MemberBus
from tests.fakes.town.pages import Pages
from tests.fakes.town.people import Person
from tests.fakes.town.post import SETTINGS, Post
from tests.waiting import until

PUBLIC = SETTINGS.public_url
ROUNDS = 2000
NO_BANK_HOLIDAYS: frozenset[dt.date] = frozenset()


class Town:
    """Everything that runs; whatever was set off has come to rest whenever a method returns."""

    def __init__(self, templates: Path | None = None, at: dt.datetime = START) -> None:
        self.clock = FakeClock(at)
        self.buses: dict[str, MemberBus] = {}
        self.published: list[Any] = []
        self.uploads = MemoryUploads()
        self._settling = False
        self._programmes(ProgrammesSettings(templates_folder=templates) if templates else ProgrammesSettings())
        self._matching()
        self._scheduling()
        self._reporting()
        self._tasks()
        self._notifications()
        self._portal()

    async def ask(self, command: Command, **how: Any) -> Any:
        """Carry out a command, as the coordinator does; what it asks to import is in when this returns."""
        reply = await self.bus_for(command).ask(command, **how)
        if isinstance(command, ImportFile | GoOnWithImport):
            await self.take_in()
        return reply

    async def upload(self, content: bytes, filename: str) -> str:
        """Keep a file that a command names."""
        return await self.buses["programmes"].upload(content, filename)

    async def find(self, query: Query) -> Any:
        """Return the reply to a query."""
        return await self.bus_for(query).find(query)

    async def to(self, when: dt.datetime) -> None:
        """Let time pass; reminders of all services come in order, each at its time."""
        await self.settle()
        while due := [(one.due, name, one) for name, bus in self.buses.items() for one in bus.reminders.values()]:
            at, name, first = min(due, key=lambda one: one[:2])
            if at > when:
                break
            self.clock.at = max(self.clock.at, at)
            bus = self.buses[name]
            del bus.reminders[first.kind, first.key]
            bus.arrive(first)
            await self.settle()
        self.clock.at = when
        await self.settle()

    async def day(self, on: str | dt.date, hour: int = 12) -> None:
        """Let time pass until that hour of a day."""
        day = dt.date.fromisoformat(on) if isinstance(on, str) else on
        await self.to(dt.datetime.combine(day, dt.time(hour), dt.UTC))

    async def settle(self) -> None:
        """Let everything come to rest."""
        if self._settling:
            return
        self._settling = True
        try:
            for _ in range(ROUNDS):
                moved = [await bus.move() for bus in self.buses.values()]
                asked = await self.sign_in_mails.publish_next()
                if not (await self.post.carry() or asked or any(moved)):
                    return
            raise AssertionError("The town does not come to rest.")
        finally:
            self._settling = False

    def person(self, address: str) -> Person:
        """Whoever reads mail at this address."""
        return Person(self, address)

    def of(self, kind: type[Any]) -> list[Any]:
        """What was published of one kind, in order."""
        return [fact for fact in self.published if type(fact) is kind]

    def register(self, schools: Sequence[School]) -> None:
        """Put schools into the register."""
        for school in schools:
            self.stores.register.schools[school.urn] = RegisterEntry(f"sch-{school.urn}", school)

    def arrive(self, fact: Any) -> None:
        """Bring a fact to everybody."""
        self.published.append(fact)
        for bus in self.buses.values():
            bus.arrive(fact)

    def bus_for(self, message: Command | Query) -> MemberBus:
        """The bus of the service that is asked."""
        return self.buses[message.service]

    def kept(self) -> str:
        """All that services keep, have published, have answered or still wait for, and every mail, as one text."""
        held = [repr(part) for bus in self.buses.values() for part in bus.everything()]
        mails = [bytes(message).decode(errors="replace") for _, _, message in self.post.mailboxes.mails]
        return "\n".join([*held, repr(vars(self.collections)), *map(repr, self.published), *mails])

    def waiting(self) -> dict[str, int]:
        """How many messages of each service wait for others to come first."""
        return {name: bus.waiting() for name, bus in self.buses.items() if bus.waiting()}

    async def take_in(self) -> None:
        """Let imports run until none is under way; what they tell arrives then."""
        running = asyncio.ensure_future(self._imports())
        await until(
            lambda: all(job.state != "running" for job in self.stores.imports.kept.values()), "until a file is in",
            every=0.002,
        )  # fmt: skip
        running.cancel()
        await asyncio.wait([running])
        await self.settle()

    def _join(
        self, service: Service, memory: Undoable | None, *outside: str, bus: MemberBus | None = None
    ) -> MemberBus:
        joined = bus or MemberBus(self, self.clock, memory)
        joined.uploads = self.uploads
        self.buses[service.declaration.name] = joined.carry(service)
        joined.without(*outside)
        return joined

    def _programmes(self, settings: ProgrammesSettings) -> None:
        self.stores: Any = fake_programmes.memory_stores()
        kept = _keeping(self.stores)
        service = programmes.build(settings, stores=self.stores)
        self._imports = service.declaration.tasks["imports"]
        self._join(service, kept, "imports")

    def _matching(self) -> None:
        stores = MatchingStores()
        service = matching.build(
            MatchingSettings(matching_steps=100),
            stores=stores,
            clock=self.clock,
            is_holiday=NO_BANK_HOLIDAYS.__contains__,
        )
        self._join(service, _keeping(stores, stores.rounds))

    def _scheduling(self) -> None:
        memory, settings = Memory(), SchedulingSettings()
        shipped = shipped_calendars(settings.calendar_folder, settings.bank_holiday_division)
        self.scheduling_stores = stores = scheduling_stores(memory, shipped, self.clock.now)
        service = scheduling.build(settings, stores=lambda _: stores, authorities=KnownAuthorities({}))
        self._join(service, memory)

    def _reporting(self) -> None:
        memory, self.renderer = ReportingMemory(), FakeRenderer()
        kept = _keeping(memory)
        service = reporting.build(
            ReportingSettings(),
            renderer=self.renderer,
            stores=memory.stores(),
            clock=self.clock,
            is_holiday=NO_BANK_HOLIDAYS.__contains__,
        )
        self._join(service, kept)

    def _tasks(self) -> None:
        memory = Memory()
        calendar = Calendar(NO_BANK_HOLIDAYS.__contains__)
        self._join(tasks.build(TasksSettings(), stores=fake_tasks.memory_stores(memory), calendar=calendar), memory)

    def _notifications(self) -> None:
        stores = fake_notifications.memory_stores()
        self.mail_stores = stores
        kept = _keeping(stores)
        bus = MemberBus(self, self.clock, kept)
        self.post = Post(bus)
        service = notifications.build(SETTINGS, stores=stores, outside=self.post.outside)
        self._join(service, kept, "mail-worker", "links-of-held-mails", "inbound", "announcer", bus=bus)
        self.post.serve(stores)

    def _portal(self) -> None:
        self.collections = collections = Collections()
        settings = PortalSettings(public_url=PUBLIC, portal_secret=SecretStr("k" * 32))
        self.transport, self.letters = Pages(), FakeDeadLetters()
        stores = portal_stores(collections)
        service = portal.build(
            settings, stores=stores, serving=self.transport.serve, clock=self.clock, letters=self.letters
        )
        bus = self._join(service, None, "sign-in-mails")
        self.sign_in_mails = SignInMails(stores.sign_in, bus.transact)


def _keeping(*bundles: Any) -> Attributes:
    """Everything that these bundles of stores keep, each store once."""
    found = [getattr(bundle, field.name) for bundle in bundles for field in dataclasses.fields(bundle)]
    return Attributes(*{id(store): store for store in found if store not in bundles}.values())
