"""What is open to somebody without a task: forms to fill in, and entries to let go."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from services.reporting.domain.entries import offering
from services.reporting.domain.entries.access import may
from services.reporting.domain.entries.records import EngineProgramme, Entry, entry_id
from services.reporting.domain.entries.searching import Wanted
from services.reporting.domain.entries.subjects import Placement
from services.reporting.handlers.contexts import Contexts
from services.reporting.ports.stores import Stores
from shared.clock import Clock
from shared.commands.entries_listed import ListOpenForms, OpenForm, OpenForms
from shared.roster import Membership
from shared.template import Form
from shared.template.counting import period

__all__ = ["OfferingQueries"]

MOST = 100


class OfferingQueries:
    """Answers for the list of what somebody can do."""

    def __init__(self, stores: Stores, contexts: Contexts, clock: Clock) -> None:
        self._stores = stores
        self._contexts = contexts
        self._clock = clock

    async def open(self, query: ListOpenForms) -> OpenForms:
        """Return what is open to the person; nothing for whom there is nothing, or while the programme stands still."""
        programme = await self._stores.engine_programmes.get(query.programme_id)
        if programme is None or programme.still:
            return OpenForms(forms=())
        everybody = await self._stores.roster.of_person(query.programme_id, query.person_id)
        today = programme.local_day(self._clock.now())
        held = [one for one in everybody if one.holds_on(today)]
        placements = await self._placements(programme, query.person_id, held)
        meetings = await self._stores.meetings.of_person(query.programme_id, query.person_id)
        pairs = await self._stores.pairs.of_person(query.programme_id, query.person_id)
        groups = await self._stores.groups.of_schools(
            query.programme_id, {one.school_id for one in held if one.school_id}
        )
        above = any(not one.school_id for one in held)
        parties = await self._stores.roster.parties(query.programme_id) if above else []
        things = partial(
            offering.things, programme=programme, held=held, placements=placements, meetings=meetings, pairs=pairs,
            groups=groups, parties=parties, today=today,
        )  # fmt: skip
        found: list[OpenForm] = []
        for form in offering.let_go(programme.template):
            about = things(form)
            found += await self._to_let_go(programme, form, query.person_id, list(about))
        for form in offering.unasked(programme.template):
            about = things(form)
            found += await self._to_fill(form, query, about)
        found.sort(key=lambda one: (one.act == "fill", one.on is None, one.on or dt.date.max))
        return OpenForms(forms=tuple(found[:MOST]))

    async def _placements(self, programme: EngineProgramme, person_id: str, held: list[Membership]) -> list[Placement]:
        """Those of the person, and those at their schools, while they stand."""
        own = await self._stores.placements.of_person(programme.programme_id, person_id)
        found = {one.match_id: one for one in own if one.person_id == person_id and not one.ended}
        for school_id in dict.fromkeys(one.school_id for one in held if one.school_id):
            there = await self._stores.placements.at_school(programme.programme_id, school_id)
            found |= {one.match_id: one for one in there}
        return list(found.values())

    async def _to_let_go(
        self, programme: EngineProgramme, form: Form, person_id: str, about_ids: list[str]
    ) -> list[OpenForm]:
        if not about_ids:
            return []
        wanted = Wanted(
            programme_id=programme.programme_id, form=form.key, about_ids=tuple(about_ids), states=("agreed",)
        )
        _, entries = await self._stores.entries.search(wanted, limit=MOST)
        found = []
        for entry in entries:
            context = await self._contexts.of_entry(entry, self._clock.now(), choosing=False)
            if context and may(person_id, "release", entry, context):
                found.append(_line(form, entry.about_id, context.subject.title, entry=entry, act="release"))
        return found

    async def _to_fill(self, form: Form, query: ListOpenForms, about: Mapping[str, dt.date | None]) -> list[OpenForm]:
        """What is open and not sent yet; forms of which there may be several stay open."""
        found, person = [], query.person_id
        for about_id, on in about.items():
            context = await self._contexts.of_form(
                query.programme_id, form.key, about_id, (person,), self._clock.now(), choosing=False
            )
            if context is None or context.not_yet:
                continue
            programme = context.programme
            round_ = period(form, programme.year, programme.local_day(self._clock.now()))
            known = entry_id(query.programme_id, form, about_id, person, round_)
            entry = None if form.many else await self._stores.entries.get(known)
            if (entry is None or entry.state in {"draft", "changes-asked"}) and may(person, "fill", entry, context):
                found.append(_line(form, about_id, context.subject.title, entry=entry, on=on))
        return found


def _line(
    form: Form, about_id: str, about: str, *, entry: Entry | None, act: str = "fill", on: dt.date | None = None
) -> OpenForm:
    return OpenForm.model_validate(
        {
            "form": form.key,
            "title": form.title,
            "about_id": about_id,
            "about": about,
            "act": act,
            "many": form.many,
            "entry_id": entry.entry_id if entry else "",
            "on": on,
        }
    )
