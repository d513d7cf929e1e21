"""Commands about days that people agree."""

from collections.abc import Callable

from services.scheduling.domain.agreed import beginnings, changes, days
from services.scheduling.domain.agreed.records import Arrangement
from services.scheduling.domain.agreed.setting import Setting
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.ids import arrangement_id
from services.scheduling.handlers.agreed.loading import Arranging
from services.scheduling.ports.stores import Stores
from shared.bus import Reminder, UnitOfWork
from shared.commands import agreed_visits as asks
from shared.commands.base import Done
from shared.errors import Rejected

__all__ = ["AgreedCommands", "found", "found_with"]

Decide = Callable[[Arrangement, Setting], Decision[Arrangement]]
UNKNOWN = Rejected("unknown-arrangement", "There are no such days to agree. `kindred visits agreed list` shows them.")


async def found(stores: Stores, match_id: str, activity: str) -> Arrangement:
    """The days of an activity for a placement. Raises Rejected("unknown-arrangement")."""
    record = await stores.arrangements.get(arrangement_id(match_id, activity))
    if record is None:
        raise UNKNOWN
    return record


async def found_with(stores: Stores, visit_id: str) -> Arrangement:
    """The arrangement that a day is of. Raises Rejected("unknown-arrangement")."""
    record = await stores.arrangements.with_visit(visit_id)
    if record is None:
        raise UNKNOWN
    return record


class AgreedCommands:
    """One method a command."""

    def __init__(self, stores: Stores, arranging: Arranging) -> None:
        self._stores, self._arranging = stores, arranging

    async def propose(self, command: asks.ProposeDays, work: UnitOfWork) -> Done:
        """Somebody says which days suit."""
        record = await found(self._stores, command.match_id, command.activity)
        return await self._do(record, work, lambda one, at: days.propose(one, command.person_id, command.days, at))

    async def decline(self, command: asks.DeclineDays, work: UnitOfWork) -> Done:
        """Somebody says that no day suits."""
        record = await found(self._stores, command.match_id, command.activity)
        return await self._do(record, work, lambda one, at: days.decline(one, command.person_id, command.words, at))

    async def agree(self, command: asks.AgreeDays, work: UnitOfWork) -> Done:
        """Days are agreed."""
        record = await found(self._stores, command.match_id, command.activity)
        outside = command.outside or not command.person_id
        return await self._do(
            record, work, lambda one, at: days.agree(one, command.person_id, command.days, at, outside=outside)
        )

    async def need(self, command: asks.NeedDays, work: UnitOfWork) -> Done:
        """So many days are needed."""
        record = await found(self._stores, command.match_id, command.activity)
        because = command.because.strip()
        return await self._do(
            record, work, lambda one, at: beginnings.need(one, command.needed, at, fixed=True, because=because)
        )

    async def move(self, command: asks.MoveAgreedVisit, work: UnitOfWork) -> Done:
        """A day takes place at another time."""
        record = await found_with(self._stores, command.visit_id)
        return await self._do(
            record, work, lambda one, at: changes.move(one, command.visit_id, command.person_id, command.day, at)
        )

    async def cancel(self, command: asks.CancelAgreedVisit, work: UnitOfWork) -> Done:
        """A day does not take place."""
        record = await found_with(self._stores, command.visit_id)
        return await self._do(
            record, work, lambda one, at: changes.cancel(one, command.visit_id, command.person_id, command.words, at)
        )

    async def record(self, command: asks.RecordAgreedVisit, work: UnitOfWork) -> Done:
        """Somebody was missing."""
        record = await found_with(self._stores, command.visit_id)
        return await self._do(
            record, work, lambda one, at: changes.record(one, command.visit_id, command.person_id, command.absent, at)
        )

    async def day_over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """A day is over: it counts as held."""
        record = await self._stores.arrangements.with_visit(reminder.key)
        if record is not None:
            setting = await self._arranging.setting(record, work.now)
            await self._arranging.keep(changes.hold(record, reminder.key, setting), record, work)

    async def _do(self, record: Arrangement, work: UnitOfWork, decide: Decide) -> Done:
        decision = decide(record, await self._arranging.setting(record, work.now))
        await self._arranging.keep(decision, record, work)
        after = decision.record
        return Done(id=after.arrangement_id, version=max(after.version, 1), sentence=decision.sentence)
