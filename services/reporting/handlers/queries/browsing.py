"""Released entries, to be looked through by whom they were released to."""

import dataclasses
from collections.abc import Sequence

from services.reporting.domain.entries.access import may
from services.reporting.domain.entries.listing import Looked, found
from services.reporting.domain.entries.records import EngineProgramme, Entry
from services.reporting.domain.entries.titles import title
from services.reporting.domain.entries.told import told
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.related import Related
from services.reporting.ports.stores import Stores
from shared.clock import Clock
from shared.commands.entries_listed import BrowseEntries, ListedEntries, ListedEntry
from shared.template import Form
from shared.template.answers import choices

__all__ = ["BrowsingQueries"]


class BrowsingQueries:
    """Answers whoever looks for something to choose."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock

    async def browse(self, query: BrowseEntries) -> ListedEntries:
        """Return a page of what was released to the person; nothing for whom there is nothing.

        Whom it was released to is looked up for all, and whether they may read it today for each line that is shown.
        """
        programme = await self._stores.engine_programmes.get(query.programme_id)
        form = programme.template.form(query.form) if programme else None
        if programme is None or form is None:
            return ListedEntries(total=0, entries=())
        released = await self._stores.entries.released_to(query.person_id, query.programme_id, query.form)
        names = await self._names(query.programme_id, {one.school_id for one in released if one.school_id})
        words = {key: said for field in form.fields for key, said in (choices(field, programme.template) or {}).items()}
        ids = found(released, Looked(query.text, query.chosen, query.school_ids, words, names))
        shown = await self._stores.entries.find(ids[query.offset : query.offset + query.limit])
        lines = await self._lines(query.person_id, shown, programme, form)
        return ListedEntries(total=len(ids) - (len(shown) - len(lines)), entries=tuple(lines))

    async def _lines(
        self, person_id: str, entries: Sequence[Entry], programme: EngineProgramme, form: Form
    ) -> list[ListedEntry]:
        stores = dataclasses.replace(self._stores, engine_programmes=_Known(programme))
        contexts = Contexts(stores, Related(stores))
        now, lines = self._clock.now(), []
        for entry in entries:
            context = await contexts.of_entry(entry, now, choosing=False)
            if context is None or entry.submitted is None or not may(person_id, "read", entry, context):
                continue
            lines.append(
                ListedEntry(
                    entry_id=entry.entry_id,
                    school_id=entry.school_id,
                    author_ids=entry.author_ids,
                    number=entry.number,
                    title=title(entry, form, programme.template),
                    answers=told(entry, context),
                )
            )
        return lines

    async def _names(self, programme_id: str, school_ids: set[str]) -> dict[str, str]:
        members = await self._stores.members.of_schools(programme_id, sorted(school_ids))
        return {school_id: member.name for school_id, member in members.items()}


class _Known:
    """One programme, read once for all entries of a page. It knows of no other."""

    def __init__(self, programme: EngineProgramme) -> None:
        self._programme = programme

    async def get(self, programme_id: str) -> EngineProgramme | None:
        return self._programme if programme_id == self._programme.programme_id else None

    async def put(self, programme: EngineProgramme) -> None:
        self._programme = programme

    async def of_template(self, key: str) -> list[EngineProgramme]:
        return [self._programme] if self._programme.template.key == key else []

    async def recent(self, most: int) -> list[EngineProgramme]:
        return [self._programme][:most]
