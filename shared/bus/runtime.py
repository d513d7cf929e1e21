"""The running bus of one service: everything that its ``Declaration`` names, on a FastStream broker."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import uuid4

from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared import telemetry
from shared.bus import broker, command_replies, inbox, outbox, restoration
from shared.bus.application import Application
from shared.bus.background import Background
from shared.bus.client import BusClient
from shared.bus.clock import follow, read_offset
from shared.bus.collections import BACKED_UP, LAST
from shared.bus.declaration import Declaration
from shared.bus.delivery import Parts
from shared.bus.faults import Faults
from shared.bus.gate import Gate
from shared.bus.health import server, watchdog
from shared.bus.health.readiness import Health, Readiness
from shared.bus.health.stream_check import StreamCheck
from shared.bus.inflight import InFlight
from shared.bus.offset import set_adjustable
from shared.bus.outbox import Cause
from shared.bus.pulling import WatchedPull
from shared.bus.relay import Relay
from shared.bus.requests import Requests
from shared.bus.restoration import Restoration
from shared.bus.settling import Settling
from shared.bus.timers import Timers
from shared.bus.transactions import Transactions
from shared.bus.unit_of_work import UnitOfWork
from shared.bus.verdicts import Tries
from shared.clock import AdjustableClock, Clock, SystemClock
from shared.commands.health import HealthDetail
from shared.errors import Retryable
from shared.mongo import Mongo, connect, unavailable
from shared.setting_names import unknown
from shared.settings import Settings

T = TypeVar("T")
_log = telemetry.logger("kindred.service")


class Runtime:
    """Connections and tasks of one service; none before ``start``."""

    def __init__(self, declaration: Declaration, settings: Settings) -> None:
        self.declared = declaration
        self.service = declaration.name
        self.settings = settings
        self.clock: Clock = AdjustableClock() if settings.clock == "adjustable" else SystemClock()
        self.mongo: Mongo = connect(settings.mongo_url, settings.mongo_driver)
        self.database = self.mongo.database(f"{settings.database_prefix}{self.service}")
        self.health = Health()
        self._client: BusClient | None = None
        self._transactions: Transactions | None = None
        self._restoration = Restoration(self.database, None, ())
        self._background = Background()
        self._pulls: dict[str, WatchedPull] = {}
        self._faults = Faults()
        self._broker = broker.make(settings, self.service, self._reconnected, self._faults)

    @property
    def client(self) -> BusClient:
        """A client on the service's connection; raises Retryable before it is connected."""
        if self._client is None:
            raise Retryable(f"{self.service} is not connected yet.")
        return self._client

    async def how(self) -> HealthDetail:
        """What readiness found last, and what waits in the outbox."""
        problems, found = tuple(self.health.why_not()), HealthDetail(tasks=tuple(self.declared.tasks))
        told = {"problems": problems, "notes": tuple(self.health.notes)}
        if any("MongoDB" in one for one in problems):
            return found.model_copy(update=told)
        count, age = await outbox.backlog(self.database)
        last = await self.database[BACKED_UP].find_one({"_id": LAST})
        known = {"waiting": count, "waiting_seconds": age, "backed_up": last["taken"] if last else None}
        return found.model_copy(update={**told, **known})

    async def batch(self, task: str, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Run a batch of a task in a transaction; it is restored until the task has once found nothing to do."""
        done = await self.transact(work, self.service, self._restoration.of(task))
        if not done:
            await self._restoration.drained(task)
        return done

    async def transact(
        self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str, restored: datetime | None = None
    ) -> T:
        """Run ``work`` in a transaction with its outbox; it follows what is being handled, if anything is."""
        transactions = self._transactions
        if transactions is None:
            raise Retryable(f"{self.service} is not connected yet.")
        scope = uuid4().hex
        follows = telemetry.correlation() or scope
        cause = Cause(self.service, scope, correlation_id=follows, causation_id="", restored=restored)
        return await transactions.run(lambda: transactions.unit(cause, actor, work))

    async def start(self) -> None:
        """Connect, prepare the database, wait for the consumers, then consume."""
        self._app = self._application()
        await self._app.start()

    async def stop(self) -> None:
        """Finish what is in hand, stop everything, disconnect."""
        try:
            await self._app.stop()
        except NatsError as error:  # without NATS there is no connection to close in good order
            _log.warning("stopped_without_nats", error=type(error).__name__)
            await self._stopped()

    async def serve(self) -> None:
        """Run until SIGTERM or SIGINT, with logs and health endpoints."""
        telemetry.configure_logs(self.service, self.settings.log_level)
        for sentence in unknown(os.environ):
            _log.warning("unknown_setting", sentence=sentence)
        if self.settings.health_port:
            server.serve(self.health, self.settings.health_host, self.settings.health_port)
        watchdog.start(self.health)
        self._app = self._application()
        try:
            await self._app.run()
        except NatsError as error:
            _log.warning("stopped_without_nats", error=type(error).__name__)
            await self._stopped()

    def _application(self) -> Application:
        return Application(
            self._broker,
            logger=None,
            on_startup=[self._connect],
            after_startup=[self._consume],
            on_shutdown=[self._stopping],
            after_shutdown=[self._stopped],
        )

    async def _connect(self) -> None:
        """Connect and prepare, before anything is consumed."""
        self._background.add("beat", self._beat)
        self.health.problems = ["the service is starting: its database is being prepared"]
        await self._prepare_database()
        self.health.problems = ["the service is starting: it connects to NATS"]
        connection = await self._broker.connect()
        self._client = BusClient(connection, actor=self.service)
        self.health.problems = ["waiting for `kindred bus apply`"]
        await broker.until_there(connection, self.declared.subscriptions)
        self.health.problems = ["the service is starting: it begins to read what has come"]
        if isinstance(self.clock, AdjustableClock):
            await read_offset(connection.jetstream(), self.clock)
            await set_adjustable(connection.jetstream(), adjustable=True)
            self._background.add("clock", partial(follow, connection, self.clock))
        else:
            await set_adjustable(connection.jetstream(), adjustable=False)
        await self._after_restore()
        parts, self._gate = self._parts(connection)
        requests = Requests(self.declared, parts.transactions, self._gate)
        self._subscribers = broker.subscribe(self._broker, self.declared.subscriptions, parts, requests)

    async def _consume(self) -> None:
        """Start consuming, once FastStream has subscribed."""
        self._pulls = broker.watch(self._subscribers, self._gate.opened, self._faults)
        readiness = Readiness(
            self.service,
            self.client.connection,
            self.mongo,
            self.database,
            self.declared.subscriptions,
            self._pulls,
            self.health,
            self._relay,
            StreamCheck(self.database, self.clock.now),
            self.declared.checks,
            self.declared.notes,
        )
        for name, work in (("readiness", readiness.run), *self.declared.tasks.items()):
            self._background.add(name, work)
        _log.info("started", durables=len(self.declared.subscriptions))

    def _parts(self, connection: Client) -> tuple[Parts, Gate]:
        jetstream = connection.jetstream()
        self._relay = relay = Relay(
            self.service, self.database, connection, Timers(jetstream, self.clock), self._faults
        )
        gate = Gate(self.mongo)
        in_flight = InFlight(self.service)
        self._transactions = Transactions(self.service, self.mongo, self.database, self.clock, relay)
        settling = Settling(self.service, jetstream, Tries(), gate)
        for name, work in (("relay", relay.run), ("in-progress", in_flight.run), ("gate", gate.run)):
            self._background.add(name, work)
        return Parts(self.service, self._transactions, settling, in_flight), gate

    async def _prepare_database(self) -> None:
        while True:
            try:
                await outbox.prepare(self.database, self.settings.outbox_days)
                await inbox.prepare(self.database, self.settings.inbox_days)
                await command_replies.prepare(self.database)
                for preparation in self.declared.preparations:
                    await preparation()
            except Exception as error:
                if not unavailable(error):
                    raise
                self.health.problems = ["MongoDB cannot be reached"]
                await asyncio.sleep(0.5)
            else:
                return

    async def _after_restore(self) -> None:
        """Do what a restore asks for, before anything is consumed. The marker goes afterwards."""
        until = await restoration.marked(self.database, self.clock.now())
        if until is None:
            return
        for handle in self.declared.restored:
            await handle(until)
        self._restoration = Restoration(self.database, until, self.declared.batch_tasks)
        await self._restoration.done()

    async def _beat(self) -> None:
        while True:
            self.health.beat = time.monotonic()
            await asyncio.sleep(1.0)

    async def _reconnected(self) -> None:
        """NATS is back: fetch again at once, and relay what was written meanwhile."""
        for pull in self._pulls.values():
            pull.interrupt()
        if self._transactions is not None:
            self._transactions.relay.wake()

    async def _stopping(self) -> None:
        self.health.problems = ["the service is stopping"]

    async def _stopped(self) -> None:
        await self._background.stop()
        await self.mongo.close()
