"""Tells coordinators of messages that wait: at once or with the next list, as the decision says.

Each message says whether it has still to be told, so none is forgotten when a process dies.
"""

import asyncio
from functools import partial

from services.notifications.domain.decisions.replies import MOST_FORWARDED, tell
from services.notifications.domain.kept import KeptMessage
from services.notifications.domain.mail import because
from services.notifications.domain.near import NEAR, Ahead, ahead, without_holidays, yesterday
from services.notifications.ports import Announcements, Intake, OtherServices, Programmes, Targets, Transact
from services.notifications.ports.stores import Stores
from shared import telemetry
from shared.bus.unit_of_work import UnitOfWork
from shared.clock import Clock
from shared.errors import Retryable

_BATCH = 50
_PAUSE = 1.0
_log = telemetry.logger("kindred.notifications")


class Announcer:
    """Queues the mails about messages that wait."""

    def __init__(self, stores: Stores, services: OtherServices, transact: Transact, clock: Clock) -> None:
        self._messages: Announcements = stores.triage
        self._programmes: Programmes = stores.programmes
        self._targets: Targets = stores.targets
        self._intake: Intake = stores.queue
        self._services = services
        self._transact = transact
        self._clock = clock

    async def run(self) -> None:
        """Work until cancelled. A failure costs one turn."""
        while True:
            try:
                more = await self.announce() == _BATCH
            except Exception as error:  # noqa: BLE001 - the database may be away; what waits is told of later
                _log.warning("replies not announced", error=type(error).__name__)
                more = False
            await asyncio.sleep(0 if more else _PAUSE)

    async def announce(self) -> int:
        """Tell of a batch of messages; return how many."""
        if not await self._messages.unannounced(1):
            return 0
        return await self._transact(partial(self._announce, await self._ahead()))

    async def _ahead(self) -> Ahead:
        now = self._clock.now()
        try:
            return ahead(await self._services.working_days(yesterday(now), NEAR + 1), now)
        except Retryable:
            return without_holidays(now)

    async def _announce(self, days: Ahead, work: UnitOfWork) -> int:
        messages = await self._messages.unannounced(_BATCH)
        for message in messages:
            await self._tell(message, days, work)
        return len(messages)

    async def _tell(self, message: KeptMessage, days: Ahead, work: UnitOfWork) -> None:
        concern = message.concern
        target = (await self._targets.find([concern.target_id])).get(concern.target_id)
        own = list((await self._programmes.find(concern.programme_ids)).values())
        counts = [await self._messages.forwarded(one.programme_id, days.today) for one in own]
        room = max(counts, default=0) < MOST_FORWARDED
        if not room:
            _log.warning("replies not forwarded", programmes=concern.programme_ids, most_a_day=MOST_FORWARDED)
        latest = await self._programmes.latest()
        told = tell(message, target, own, latest, ahead=days, room=room, now=work.now)
        await self._intake.add(because(told.mails, message.follows or work.correlation_id))
        await self._messages.announced(message.key, days.today if told.forwarded else None)
