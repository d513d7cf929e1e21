"""Actions of all plans: for whoever runs Kindred without words, for people those that concern them."""

from collections.abc import Sequence

from services.reporting.domain.entries.access import may_follow, may_lead
from services.reporting.domain.entries.actions import Seen, listed, paged
from services.reporting.domain.entries.records import Entry
from services.reporting.domain.entries.searching import WantedActions
from services.reporting.handlers.auditing import Auditing
from services.reporting.handlers.contexts import Contexts
from services.reporting.ports.entries import EngineProgrammes, Entries
from shared.clock import Clock
from shared.commands.actions import ActionRows, ListActions, OwnerNamed, OwnersOfActions, ShowOwnersOfActions
from shared.errors import Rejected

__all__ = ["ActionQueries"]


class ActionQueries:
    """One method a query."""

    def __init__(
        self, contexts: Contexts, programmes: EngineProgrammes, entries: Entries, auditing: Auditing, clock: Clock
    ) -> None:
        self._contexts = contexts
        self._programmes = programmes
        self._entries = entries
        self._auditing = auditing
        self._clock = clock

    async def list(self, query: ListActions) -> ActionRows:
        """Return actions; each plan of which a person sees the words of an action is a line of the audit log."""
        coordinates = await self._coordinates(query)
        if coordinates or not query.person_id:
            found, seen = await self._page(query, coordinates=coordinates)
        else:
            entries = await self._entries.planned(query.programme_id, query.person_id)
            seen = [one for entry in entries if (one := await self._seen(entry, query.person_id, coordinates=False))]
            found = listed(seen, query, self._clock.now())
        shown = {row.entry_id for row in found.actions}
        for one in seen if query.person_id else ():
            if one.entry.entry_id in shown and one.entry.state == "released":
                await self._auditing.read(query.person_id, one.entry)
        return found

    async def _page(self, query: ListActions, *, coordinates: bool) -> tuple[ActionRows, Sequence[Seen]]:
        """Whoever runs it sees every action: no more is loaded than the page shows."""
        now = self._clock.now()
        programme = await self._programmes.get(query.programme_id) if query.programme_id else None
        asked = query.model_dump(exclude={"person_id", "limit", "offset"})
        wanted = WantedActions(today=programme.local_day(now) if programme else now.date(), **asked)
        found = await self._entries.actions(wanted, limit=query.limit, offset=query.offset)
        entries = await self._entries.find(tuple(dict.fromkeys(entry_id for entry_id, _ in found.lines)))
        each = [await self._seen(entry, query.person_id, coordinates=coordinates) for entry in entries]
        seen = [one for one in each if one]
        return paged(found, seen, query, now), seen

    async def owners(self, query: ShowOwnersOfActions) -> OwnersOfActions:
        """Return owners and those to be introduced whom nobody has identified. Raises Rejected: unknown-entry."""
        entry = await self._entries.get(query.entry_id)
        if entry is None or not entry.counts:
            raise Rejected("unknown-entry", "There is no such entry.")
        owners = [
            OwnerNamed(line_id=line.line_id, name=line.owner, address=line.address)
            for line in entry.plan
            if line.awaited
        ]
        owners += [
            OwnerNamed(line_id=one.line_id, name=one.name, address=one.address)
            for one in entry.introduced
            if entry.introduction == "awaited"
        ]
        return OwnersOfActions(entry_id=entry.entry_id, number=entry.number, owners=tuple(owners))

    async def _coordinates(self, query: ListActions) -> bool:
        programme = await self._programmes.get(query.programme_id) if query.programme_id and query.person_id else None
        return programme is not None and programme.coordinator_id == query.person_id

    async def _seen(self, entry: Entry, person_id: str, *, coordinates: bool) -> Seen | None:
        programme = await self._programmes.get(entry.programme_id)
        if programme is None:
            return None
        if not person_id or coordinates:
            return Seen(entry, programme, entry.plan, leads=coordinates, words=bool(person_id))
        context = await self._contexts.of_entry(entry, self._clock.now(), choosing=False)
        if context is None:
            return None
        follows = may_follow(person_id, entry, context)
        lines = [line for line in entry.plan if follows or line.owner_id == person_id]
        return Seen(entry, programme, lines, leads=may_lead(person_id, entry, context)) if lines else None
