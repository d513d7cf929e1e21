"""Commands about a programme's state."""

from services.programmes.domain import states
from services.programmes.domain.records import Programme, local_day
from services.programmes.handlers.asking_again import AskingAgain
from services.programmes.handlers.moments import watch
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.commands import programme_states as asks
from shared.commands.base import Done
from shared.events.base import Event

__all__ = ["StateCommands"]


class StateCommands:
    """One method a command."""

    def __init__(self, programmes: Programmes, again: AskingAgain) -> None:
        self._programmes = programmes
        self._again = again

    async def recruit(self, command: asks.RecruitProgramme, work: UnitOfWork) -> Done:
        """Open a draft to schools."""
        after, event = states.recruit(await self._programmes.get(command.programme_id))
        watch(after, work)
        await self._again.begin(after, work)
        return await self._done(after, event, work, "is open for enrolment")

    async def postpone(self, command: asks.PostponeProgramme, work: UnitOfWork) -> Done:
        """Let a programme stand still."""
        before = await self._programmes.get(command.programme_id)
        today = local_day(work.now, before.template.timezone)
        after, event = states.postpone(before, command.until, command.reason, today)
        return await self._done(
            after, event, work, "is postponed: dates to come are cancelled, and everybody gets one mail"
        )

    async def resume(self, command: asks.ResumeProgramme, work: UnitOfWork) -> Done:
        """Go on with a programme; the moments that are still to come lie later now."""
        before = await self._programmes.get(command.programme_id)
        after, event = states.resume(before, local_day(work.now, before.template.timezone))
        watch(after, work, since=work.now)
        return await self._done(after, event, work, "goes on; what was still to come has moved")

    async def complete(self, command: asks.CompleteProgramme, work: UnitOfWork) -> Done:
        """The programme is over."""
        before = await self._programmes.get(command.programme_id)
        after, event = states.complete(before, local_day(work.now, before.template.timezone))
        return await self._done(after, event, work, "is completed")

    async def archive(self, command: asks.ArchiveProgramme, work: UnitOfWork) -> Done:
        """Put a programme away."""
        before = await self._programmes.get(command.programme_id)
        after, event = states.archive(before, local_day(work.now, before.template.timezone))
        return await self._done(after, event, work, "is archived")

    async def _done(self, after: Programme, event: Event | None, work: UnitOfWork, what: str) -> Done:
        await self._programmes.replace(after)
        if event is not None:
            work.publish(event)
        return Done(id=after.programme_id, version=after.version, sentence=f"'{after.name}' {what}.")
