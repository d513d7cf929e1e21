"""Reactions to events."""

from services.programmes.domain.participation.records import ParticipationDecision, SchoolEntry
from services.programmes.domain.participation.rules import counted_forms
from services.programmes.handlers.participation import Parts
from services.programmes.ports.participation import SchoolEntries
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.events.forms import EntryWithdrawn, FormSubmitted
from shared.events.programmes import PersonErased
from shared.template import Template

__all__ = ["CountedEntries", "Erasures"]


class Erasures:
    """Erases people again whom a restored backup has brought back."""

    def __init__(self, people: People, parties: Parties) -> None:
        self._people = people
        self._parties = parties

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Delete the person. Usually the command has done so already; after a restore it has not."""
        await self._people.erase(event.person_id)
        await self._parties.forget(event.person_id)


class CountedEntries:
    """Keeps the entries that rules of taking part count; a school that keeps to every rule now is admitted."""

    def __init__(self, programmes: Programmes, entries: SchoolEntries, parts: Parts) -> None:
        self._programmes = programmes
        self._entries = entries
        self._parts = parts

    async def written(self, event: FormSubmitted | EntryWithdrawn, work: UnitOfWork) -> None:
        """An entry stands, or stands no longer."""
        template = (await self._programmes.get(event.programme_id)).template
        if isinstance(event, FormSubmitted):
            await self._entries.begin_form(event.programme_id, event.form)
        counts = isinstance(template, Template) and event.form in counted_forms(template)
        if not counts or event.school_id is None:
            return
        entry = SchoolEntry(
            entry_id=event.entry_id,
            programme_id=event.programme_id,
            school_id=event.school_id,
            form=event.form,
            version=event.version,
            stands=isinstance(event, FormSubmitted),
        )
        if await self._entries.put_entry(entry):
            part = await self._parts.of_school(event.programme_id, event.school_id, work)
            if part is not None:
                await self._parts.keep(part, ParticipationDecision(part.record), work)
