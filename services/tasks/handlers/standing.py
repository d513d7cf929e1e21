"""How a programme stands: while it stands still, or once it is over, nobody owes anything."""

from services.tasks.domain.records import Moment
from services.tasks.handlers.timers import lay_out
from services.tasks.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.programme_states import (
    ProgrammeArchived,
    ProgrammeCompleted,
    ProgrammePostponed,
    ProgrammeResumed,
    StateFacts,
)
from shared.template.kinds import RESUMED

__all__ = ["STATES", "Standing"]

STATES = (ProgrammePostponed, ProgrammeResumed, ProgrammeCompleted, ProgrammeArchived)


class Standing:
    """One method; every task of the programme is looked at again."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def changed(
        self,
        event: ProgrammePostponed | ProgrammeResumed | ProgrammeCompleted | ProgrammeArchived,
        work: UnitOfWork,
    ) -> None:
        """Keep how the programme stands, with its pauses. Raises NotYet before it was opened."""
        programme = await self._stores.programmes.get(event.programme_id)
        if programme is None:
            raise NotYet(f"The programme {event.programme_id} is not known yet.")
        if programme.version >= event.version:
            return
        update = event.model_dump(include={"state", "version"}) | {"pauses": event.pauses}
        await self._stores.programmes.put(programme.model_copy(update=update))
        await self._came(event)
        lay_out(event.programme_id, "", work)

    async def _came(self, event: StateFacts) -> None:
        """Going on is a moment that tasks may open at."""
        if isinstance(event, ProgrammeResumed):
            moment = Moment(programme_id=event.programme_id, anchor=RESUMED, state="published", on=event.on)
            await self._stores.moments.put(moment)
