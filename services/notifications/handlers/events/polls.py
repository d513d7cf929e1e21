"""Polls: whoever chooses a theme, or settles a tie, hears that it is their turn."""

from collections.abc import Awaitable, Callable, Mapping

from services.notifications.domain.decisions import polls as decisions
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from shared.events.polls import PollClosed


class Polls:
    """Reactions to polls that have closed."""

    def __init__(self, records: Records, cases: Cases) -> None:
        self._records, self._cases = records, cases

    def handlers(self) -> Mapping[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others."""
        return {PollClosed: self.closed}

    async def closed(self, event: PollClosed, work: UnitOfWork) -> None:
        """A poll was weighed; where the vote has chosen, nobody is asked."""
        if not event.waits_for:
            return
        programme = await self._records.programme(event.programme_id)
        people = await self._cases.known(programme, event.waits_for, None)
        await self._records.save(decisions.closed(event, people, work.now), work)
