"""What becomes of the lines of action plans once they count: who their owners are, and how they stand."""

from services.reporting.domain.decisions.decision import Decision
from services.reporting.domain.entries.actions import change
from services.reporting.domain.entries.introducing import people_known
from services.reporting.domain.entries.plans import owners_known, progressed
from services.reporting.domain.entries.progress import said_status
from services.reporting.domain.entries.records import Entry
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.publishing import publish
from services.reporting.ports.entries import Entries
from shared.bus import UnitOfWork
from shared.commands.actions import ChangeAction
from shared.commands.base import Done
from shared.events.programmes_parts import OwnersNamed
from shared.template import Form

__all__ = ["Plans"]


class Plans:
    """One method a thing that happens to a plan."""

    def __init__(self, contexts: Contexts, entries: Entries) -> None:
        self._contexts = contexts
        self._entries = entries

    async def change(self, command: ChangeAction, work: UnitOfWork) -> Done:
        """Another owner, day or state, by who leads the plan."""
        entry = await self._entries.with_line(command.action_id)
        context = await self._contexts.of_entry(entry, work.now, choosing=False) if entry else None
        decision = change(entry, context, command, work.now)
        await self._keep(decision, work)
        return decision.done

    async def owners(self, event: OwnersNamed, work: UnitOfWork) -> None:
        """Whoever keeps people has said who the owners are, and who is to be introduced."""
        entry = await self._entries.get(event.entry_id)
        owned = owners_known(entry, event.owners, event.number)
        await self._keep(owned, work)
        entry = owned.record or entry
        if entry is None or entry.introduction != "awaited":
            return
        context = await self._contexts.of_entry(entry, work.now, choosing=False)
        await self._keep(people_known(entry, context, event.owners, event.number, work.now), work)

    async def said(self, entry: Entry, form: Form, work: UnitOfWork) -> None:
        """An owner has said how an action stands; of any other form nothing follows."""
        if status := said_status(entry, form):
            plan = await self._entries.with_line(entry.about_id)
            await self._keep(progressed(plan, entry.about_id, status, work.now), work)

    async def _keep(self, decision: Decision[Entry], work: UnitOfWork) -> None:
        if decision.record is not None:
            await self._entries.put(decision.record)
        publish(decision, work)
