"""Takes in what other services publish, and has the tasks that it concerns brought to where they should be."""

import datetime as dt
from collections.abc import Collection

from services.tasks.domain.folding import EntryEvent, after, answered, entry_after
from services.tasks.domain.happening import Happening
from services.tasks.domain.happenings import MomentEvent, happenings, moment
from services.tasks.domain.ids import inspections_of, programme_of, thing_id
from services.tasks.domain.records import Entry, Moment, Programme, Thing
from services.tasks.domain.touched import forms_told_by_school, touched
from services.tasks.handlers.cases import Cases
from services.tasks.handlers.timers import lay_out
from services.tasks.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.base import Event
from shared.events.inspections import SchoolInspected
from shared.events.programmes import PersonErased, SchoolClosed, SchoolFactsChanged
from shared.events.programmes_parts import MomentReached, ProgrammeOpened
from shared.events.scheduling import InvitationAnswered
from shared.events.scheduling_dates import DatesAnswered
from shared.template.kinds import SUBJECTS

__all__ = ["Projection"]

_BY_ID = ("visit", "event", "school")
"""Kinds of things that a form is about by a word of the template's own: an activity, or a role that a school fills."""
_PERSON = "person"
"""The kind of thing that is there because somebody filled in a form about it."""


class Projection:
    """One method a kind of fact."""

    def __init__(self, stores: Stores, cases: Cases) -> None:
        self._stores = stores
        self._cases = cases

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep the programme, also with a newer template, and lay out what is owed by what is known already."""
        known = await self._stores.programmes.get(event.programme_id)
        if known is not None and known.version >= event.version:
            return
        programme = Programme.model_validate(event.model_dump())
        await self._stores.programmes.put(programme)
        key = thing_id(event.programme_id, "programme", event.programme_id)
        ids = {"programme_id": event.programme_id, "kind": "programme", "about_id": event.programme_id}
        if await self._stores.things.get(key) is None:
            await self._stores.things.put(Thing(thing_id=key, **ids))
        lay_out(event.programme_id, "", work)

    async def moment(self, event: MomentEvent, work: UnitOfWork) -> None:
        """A moment of the whole programme has come."""
        on = event.on if isinstance(event, MomentReached) else await self._today(event.programme_id, work)
        anchor, state = moment(event)
        await self._stores.moments.put(Moment(programme_id=event.programme_id, anchor=anchor, state=state, on=on))
        lay_out(event.programme_id, anchor, work)

    async def happened(self, event: Event, work: UnitOfWork) -> None:
        """Something happened to a thing."""
        found = happenings(event)
        for programme_id in dict.fromkeys(one.programme_id for one in found):
            today = await self._today(programme_id, work)
            here = [one for one in found if one.programme_id == programme_id]
            changed = [key for one in here if (key := await self._take(one, today))]
            await self._cases.settle(programme_id, changed, work)

    async def closed(self, event: SchoolClosed | SchoolFactsChanged, work: UnitOfWork) -> None:
        """A school has closed, or is open again."""
        schools = await self._stores.around.of_school_everywhere(event.school_id)
        if not schools:
            raise NotYet(f"The school {event.school_id} is not known yet.")
        for school in schools:
            if school.versions.get("register", 0) < event.version:
                versions = {**school.versions, "register": event.version}
                closed = {"versions": versions, "closed": isinstance(event, SchoolClosed)}
                await self._stores.things.put(school.model_copy(update=closed))
                await self._cases.settle(school.programme_id, [school.thing_id], work)

    async def inspected(self, event: SchoolInspected, work: UnitOfWork) -> None:
        """A school is being inspected, or not on those days after all."""
        key = inspections_of(event.school_id)
        known = await self._stores.things.get(key)
        if known is not None and known.versions.get("", 0) >= event.version:
            return
        kept = {"programme_id": "", "kind": "inspections", "about_id": event.school_id, "versions": {"": event.version}}
        await self._stores.things.put(Thing(thing_id=key, inspected=event.windows, **kept))
        for school in await self._stores.around.of_school_everywhere(event.school_id):
            keys = await self._stores.around.of_schools(school.programme_id, [event.school_id])
            await self._cases.settle(school.programme_id, keys, work)

    async def written(self, event: EntryEvent, work: UnitOfWork) -> None:
        """An entry of a form has come to another state."""
        today = await self._today(event.programme_id, work)
        known = await self._stores.entries.get(event.entry_id)
        entry = entry_after(known, event, today)
        entry = entry.model_copy(update={"thing_id": await self._root(entry, today)})
        if entry == known:
            return
        await self._stores.entries.put(entry)
        await self._adopt(_with_lines(entry), entry.thing_id)
        concerned = {entry.thing_id, *await self._owing(entry)} - {""}
        programme = await self._stores.programmes.get(event.programme_id)
        if programme is not None:
            await self._cases.settle(event.programme_id, concerned, work, touched(programme.template, entry.form))

    async def answered(self, event: InvitationAnswered | DatesAnswered, work: UnitOfWork) -> None:
        """Somebody has answered."""
        programme_id = event.programme_id if isinstance(event, InvitationAnswered) else ""
        answer = answered(event, await self._today(programme_id, work))
        known = await self._stores.answers.get(answer.target_id, answer.person_id)
        if known is not None and known.version >= answer.version:
            return
        await self._stores.answers.put(answer)
        for key in await self._stores.tasks.things_about(answer.target_id):
            await self._cases.settle(programme_of(key), [key], work)

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Forget the person."""
        await self._stores.roster.forget(event.person_id)
        await self._stores.erasure.forget(event.person_id)

    async def _take(self, happening: Happening, today: dt.date) -> str:
        """Keep what happened; the thing's key, or nothing where it was known."""
        key = thing_id(happening.programme_id, happening.kind, happening.about_id)
        known = await self._stores.things.get(key)
        thing = after(known, happening, today)
        if thing == known:
            return ""
        await self._stores.things.put(thing)
        if known is None:
            await self._adopt({thing.about_id}, key)
        return key

    async def _root(self, entry: Entry, today: dt.date) -> str:
        """The key of the thing that the entry is about, by way of another entry where it is about one."""
        if entry.about in {"action", "entry"} or entry.about not in SUBJECTS:
            return await self._by_way(entry)
        key = thing_id(entry.programme_id, entry.about, entry.about_id)
        if await self._stores.things.get(key) is None:
            noted = Happening(
                programme_id=entry.programme_id,
                kind=entry.about,
                about_id=entry.about_id,
                source=entry.entry_id,
                version=1,
                facts={"school_id": entry.school_id} if entry.about == _PERSON else {},
            )
            await self._stores.things.put(after(None, noted, today))
        return key

    async def _by_way(self, entry: Entry) -> str:
        """The key of the thing of another entry, of a line of one, of a dated thing or school; else nothing."""
        line = entry.about == "action"
        parent = await (self._stores.entries.with_line if line else self._stores.entries.get)(entry.about_id)
        if parent:
            return parent.thing_id
        keys = [thing_id(entry.programme_id, kind, entry.about_id) for kind in _BY_ID]
        return next(iter(await self._stores.things.of(keys)), "")

    async def _adopt(self, about: Collection[str], key: str) -> None:
        """Let entries about these that came before them concern the same thing."""
        for one in await self._stores.about.about(programme_of(key), about):
            if one.thing_id != key:
                await self._stores.entries.put(one.model_copy(update={"thing_id": key}))
                await self._adopt(_with_lines(one), key)

    async def _owing(self, entry: Entry) -> Collection[str]:
        """The things whose tasks the entry may end although it is about something else."""
        programme = await self._stores.programmes.get(entry.programme_id)
        if programme is None:
            return []
        mine = f"{entry.programme_id}|"  # a school is a thing of each of its programmes
        found = {key for key in await self._stores.tasks.things_about(entry.about_id) if key.startswith(mine)}
        if entry.form in forms_told_by_school(programme.template):
            schools = [entry.school_id] if entry.school_id else []
            found |= {*await self._stores.around.of_schools(entry.programme_id, schools)}
            found.add(thing_id(entry.programme_id, "programme", entry.programme_id))
        return found

    async def _today(self, programme_id: str, work: UnitOfWork) -> dt.date:
        programme = await self._stores.programmes.get(programme_id) if programme_id else None
        return programme.local_day(work.now) if programme else work.now.date()


def _with_lines(entry: Entry) -> set[str]:
    """The ids of an entry and of the lines of its action plan."""
    return {entry.entry_id, *(line.line_id for line in entry.lines)}
