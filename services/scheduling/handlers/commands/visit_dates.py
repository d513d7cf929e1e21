"""Commands with which the coordinator moves or cancels a visit."""

from services.scheduling.domain.visits.move_decisions import decide_move
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.loading.cohorts import cohort_of, programme_of
from services.scheduling.handlers.loading.nearby import around
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CancelVisit, MoveVisit
from shared.errors import Rejected

__all__ = ["VisitDateCommands"]


CODES = frozenset({"closure", "illness", "inspection", "postponement", "withdrawal", "conflict"})
"""Reasons that an event may carry; what a coordinator writes instead stays in the visit's own history."""


class VisitDateCommands:
    """Commands of the coordinator about one visit."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def move(self, command: MoveVisit, work: UnitOfWork) -> Done:
        """Set a date; other visits in its way get others by the least change, where the rules allow it."""
        record = await self._stores.visits.visit(command.visit_id)
        cohort = await cohort_of(self._stores.cohorts, record.visit.cohort_id)
        near = await around(self._stores, cohort, [record], work.now)
        changes = decide_move(near, record, command)
        await self._changes.make(changes, "coordinator", None, near.sources.programme, work)
        others = f" {len(changes) - 1} other visits move with it." if len(changes) > 1 else ""
        return Done(
            id=command.visit_id,
            version=changes[0].after.version,
            sentence=f"The visit is on {in_words(command.on)}.{others}",
        )

    async def cancel(self, command: CancelVisit, work: UnitOfWork) -> Done:
        """A visit does not take place."""
        record = await self._stores.visits.visit(command.visit_id)
        if record.state not in {"draft", "published"}:
            raise Rejected("already-over", "This visit has taken place or been cancelled.")
        programme = await programme_of(self._stores.programmes, record.visit.programme_id)
        code = command.why if command.why in CODES else "coordinator"
        after = await self._changes.cancel(record, code, programme, work, said=command.why)
        return Done(id=command.visit_id, version=after.version, sentence="The visit is cancelled.")
