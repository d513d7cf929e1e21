"""Entries as people may see them."""

from services.reporting.domain.entries import views
from services.reporting.domain.entries.access import is_concerned, may, readers_on_release, unknown
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.opening import not_read_yet, refuse_early
from services.reporting.domain.entries.records import Entry, entry_id
from services.reporting.domain.entries.searching import Wanted
from services.reporting.handlers.auditing import Auditing
from services.reporting.handlers.contexts import Contexts
from services.reporting.ports.entries import EngineProgrammes, Entries
from shared.clock import Clock
from shared.commands.forms import (
    EntryHistory,
    EntryRow,
    EntryRows,
    EntryShown,
    History,
    ListEntries,
    ProgrammeForms,
    ShowEntry,
    ShowForms,
)
from shared.commands.people_named import PeopleNamed, ShowNamedPeople
from shared.errors import Rejected
from shared.template.beginning import begun_from
from shared.template.counting import period

__all__ = ["EntryQueries"]

AT_ONCE, MOST_LOOKED = 200, 1_000
"""Entries of which it is looked whether somebody may read them: a query takes no longer than its asker waits."""
TOO_MANY = "There are too many entries to look through. Say of which programme, form, school or thing."


class EntryQueries:
    """One method a query."""

    def __init__(
        self, contexts: Contexts, programmes: EngineProgrammes, entries: Entries, auditing: Auditing, clock: Clock
    ) -> None:
        self._contexts = contexts
        self._programmes = programmes
        self._entries = entries
        self._auditing = auditing
        self._clock = clock

    async def forms(self, query: ShowForms) -> ProgrammeForms:
        """Return what a programme's forms ask. Raises Rejected: unknown-programme."""
        programme = await self._programmes.get(query.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme whose template declares forms.")
        return views.forms_of(programme)

    async def show(self, query: ShowEntry) -> EntryShown:
        """Return an entry, or an empty form that the person may fill in. Raises Rejected: unknown-entry, not-yet."""
        entry, context = await self._found(query)
        fills = may(query.person_id, "fill", entry, context)
        if entry is None:
            if not fills:
                raise unknown()
            refuse_early(context.not_yet)
            kept = await self._contexts.kept(context, query.about_id)
            return views.empty_form(query.person_id, query.about_id, context, kept)
        if not may(query.person_id, "read", entry, context):
            refuse_early(not_read_yet(query.person_id, entry, context, readers_on_release(entry, context)))
            raise unknown()
        if entry.state == "released":
            await self._auditing.read(query.person_id, entry)
        begun = not entry.number and query.person_id in entry.author_ids
        if begun or (fills and query.view == "fill"):
            return views.draft(query.person_id, entry, context, context.programme.local_day(self._clock.now()))
        return views.submitted(query.person_id, entry, context).model_copy(
            update={"begins": await self._begins(query.person_id, entry, context)}
        )

    async def _begins(self, person_id: str, entry: Entry, context: Context) -> dict[str, str]:
        """The forms about an entry that counts which the person may begin."""
        found = {}
        for form in begun_from(context.programme.template, entry.form) if entry.counts else ():
            about = entry.programme_id, form.key, entry.entry_id, (person_id,)
            empty = await self._contexts.of_form(*about, self._clock.now(), choosing=False)
            if empty and not empty.not_yet and may(person_id, "fill", None, empty):
                found[form.key] = form.title
        return found

    async def list(self, query: ListEntries) -> EntryRows:
        """Return entries without their answers; for a person, those that this person may read."""
        wanted = Wanted(
            **query.model_dump(include={"programme_id", "form", "about_id", "school_id", "author_id", "named"}),
            states=(query.state,) if query.state else (),
        )
        if query.person_id:
            return await self._of_reader(query, wanted)
        total, found = await self._entries.search(wanted, limit=query.limit, offset=query.offset)
        return EntryRows(total=total, entries=tuple(map(views.row, found)))

    async def _of_reader(self, query: ListEntries, wanted: Wanted) -> EntryRows:
        """Look until the page is full, and one further; `total` says whether more may follow. Raises Rejected."""
        rows: list[EntryRow] = []
        looked, total, last = 0, 1, query.offset + query.limit
        while looked < total and len(rows) <= last:
            if looked >= MOST_LOOKED:
                raise Rejected("too-many-entries", TOO_MANY)
            total, found = await self._entries.search(wanted, limit=AT_ONCE, offset=looked)
            looked += len(found) or total
            rows += [row for entry in found if (row := await self._readable(entry, query.person_id))]
        return EntryRows(total=len(rows), entries=tuple(rows[query.offset : last]))

    async def history(self, query: EntryHistory) -> History:
        """Return versions, and to who writes or decides also the words. Raises Rejected: unknown-entry."""
        entry = await self._entries.get(query.entry_id)
        if entry is None:
            raise unknown()
        if not query.person_id:
            return views.history(entry, await self._entries.versions(entry.entry_id))
        context = await self._contexts.of_entry(entry, self._clock.now(), choosing=False)
        if context is None or not may(query.person_id, "read", entry, context):
            raise unknown()
        versions = await self._entries.versions(entry.entry_id)
        if not is_concerned(query.person_id, entry, context):
            return views.history(entry, versions)
        if entry.state == "released":
            await self._auditing.read(query.person_id, entry)
        return views.worded_history(entry, versions, query.number, query.person_id, context.form)

    async def named(self, query: ShowNamedPeople) -> PeopleNamed:
        """Return whom an entry names for roles. Raises Rejected: unknown-entry."""
        entry = await self._entries.get(query.entry_id)
        programme = await self._programmes.get(entry.programme_id) if entry else None
        if entry is None or programme is None or not entry.stands:
            raise unknown()
        return views.people_named(entry, programme)

    async def _found(self, query: ShowEntry) -> tuple[Entry | None, Context]:
        now, entry = self._clock.now(), None
        if query.entry_id:
            entry = await self._entries.get(query.entry_id)
        else:
            about = (query.programme_id, query.form, query.about_id)
            empty = await self._contexts.of_form(*about, (query.person_id,), now)
            if empty is None:
                raise unknown()
            round_ = period(empty.form, empty.programme.year, empty.programme.local_day(now))
            another = round_ or query.another
            known_id = entry_id(query.programme_id, empty.form, query.about_id, query.person_id, another)
            entry = await self._entries.get(known_id)
            if entry is None:
                return None, empty
        context = await self._contexts.of_entry(entry, now) if entry else None
        if entry is None or context is None:
            raise unknown()
        return entry, context

    async def _readable(self, entry: Entry, person_id: str) -> EntryRow | None:
        """The row of an entry that the person may read; to readers it does not say how it came about."""
        context = await self._contexts.of_entry(entry, self._clock.now(), choosing=False)
        if context is None or not may(person_id, "read", entry, context):
            return None
        row = views.row(entry)
        if is_concerned(person_id, entry, context):
            return row
        return row.model_copy(update={"changes": 0, "coordinator_asked": False})
