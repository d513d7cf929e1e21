"""Loads all that is known of things, decides about their tasks, saves and publishes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from services.tasks.domain.calendar import Calendar
from services.tasks.domain.dates import Programming
from services.tasks.domain.decisions.settling import settle
from services.tasks.domain.deeds import Evidence
from services.tasks.domain.ids import inspections_of
from services.tasks.domain.layout import Case
from services.tasks.domain.records import Entry, TaskRecord, Thing
from services.tasks.domain.touched import follows_tasks, forms_told_by_school, roles_everywhere
from services.tasks.handlers.saving import save
from services.tasks.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.base import DateSpan
from shared.roster import Membership, RoleDirectory, category_on, holders_of
from shared.template.excuses import INSPECTED
from shared.template.kinds import SHARED_PLACE
from shared.template.resolving import Needed

__all__ = ["Cases"]


class Cases:
    """Everything about some things of a programme, read in one go however many they are."""

    def __init__(self, stores: Stores, calendar: Calendar) -> None:
        self._stores = stores
        self._calendar = calendar

    async def settle(
        self, programme_id: str, thing_ids: Collection[str], work: UnitOfWork, keys: Collection[str] | None = None
    ) -> None:
        """Bring the tasks of these things to where they should be: all, or those with these keys.

        What came before its programme is kept until the programme comes.
        """
        shared = await self.programming(programme_id, work.now)
        if shared is None or not thing_ids or (keys is not None and not keys):
            return
        await self._stores.things.claim(thing_ids)
        decided = [settle(shared, case, evidence, keys) for case, evidence in await self._load(shared, thing_ids, keys)]
        await save(self._stores, shared.programme, decided, work)

    async def programming(self, programme_id: str, now: dt.datetime) -> Programming | None:
        """What all things of a programme share; None before it was opened."""
        programme = await self._stores.programmes.get(programme_id)
        if programme is None:
            return None
        moments = await self._stores.moments.of(programme_id)
        today = programme.local_day(now)
        return Programming(programme=programme, moments=moments, calendar=self._calendar, today=today)

    async def cases(self, shared: Programming, thing_ids: Collection[str]) -> Mapping[str, Case]:
        """The things with the entries about them and the people around them, without their tasks."""
        things = await self._stores.things.of(thing_ids)
        by_thing = grouped(await self._stores.about.of_things(thing_ids))
        members, known = await self._people(shared, things.values(), by_thing)
        since, followed = _since(members), {one.person_id: one.since for one in members if one.replaces}
        forms = {one.entry_id: shared.template.form(one.form) for written in by_thing.values() for one in written}
        about = {entry_id: form.about for entry_id, form in forms.items() if form}
        named = {one.entry_id: one.person_id for one in members if one.entry_id and one.role == about.get(one.entry_id)}
        holders = _holders(members)
        inspected = await self._inspected(shared, members)
        categories = await self._categories(shared, members)
        return {
            key: Case(
                thing=thing,
                entries=by_thing[key],
                since={**since, **thing.since},
                known=known,
                named=named,
                holders=holders,
                followed=followed,
                inspected=inspected,
                categories=categories,
            )
            for key, thing in things.items()
        }

    async def _categories(self, shared: Programming, members: Sequence[Membership]) -> Mapping[str, str]:
        """School -> the category that it is in today, where a task of the template is of some categories alone."""
        if not any(task.only for task in shared.template.tasks):
            return {}
        standings = await self._stores.roster.school_standings(shared.programme.programme_id)
        known = {one.school_id: one for one in standings}
        schools = {one.school_id for one in members if one.school_id}
        return {one: category_on(known.get(one), shared.today, shared.template) for one in schools}

    async def _inspected(
        self, shared: Programming, members: Sequence[Membership]
    ) -> Mapping[str, tuple[DateSpan, ...]]:
        """School -> the days on which it is inspected, where a task of the template is excused by it."""
        if not any(INSPECTED in task.excused for task in shared.template.tasks):
            return {}
        keys = {inspections_of(one.school_id) for one in members if one.school_id}
        return {one.about_id: one.inspected for one in (await self._stores.things.of(keys)).values()}

    async def _load(
        self, shared: Programming, thing_ids: Collection[str], keys: Collection[str] | None
    ) -> Sequence[tuple[Case, Evidence]]:
        only = None if follows_tasks(shared.template) else keys
        tasks = await self._stores.tasks.of_things(thing_ids, only)
        cases = await self.cases(shared, thing_ids)
        about = {task.about_id for task in tasks if task.about_id}
        evidence = await self._evidence(shared, cases.values(), about)
        theirs = defaultdict[str, list[TaskRecord]](list)
        for task in tasks:
            theirs[task.thing_id].append(task)
        return [(replace(case, tasks=tuple(theirs[key])), evidence) for key, case in cases.items()]

    async def _people(
        self, shared: Programming, things: Iterable[Thing], entries: Mapping[str, Sequence[Entry]]
    ) -> tuple[Sequence[Membership], RoleDirectory]:
        """Everybody at the schools that the things concern, and who stands how to them."""
        things, programme_id = list(things), shared.programme.programme_id
        written = [entry for thing in things for entry in entries[thing.thing_id]]
        schools = {school for thing in things for school in thing.schools} | {one.school_id for one in written}
        roster = self._stores.roster
        parties = await roster.parties(programme_id) if shared.template.has_parties else []
        places = [set(one.schools_on(shared.today)) for one in parties if one.kind == SHARED_PLACE]
        schools |= {school for own in places if own & schools for school in own}
        wanted = Needed(
            school_ids=frozenset(school for school in schools if school),
            roles_everywhere=roles_everywhere(shared.template),
        )
        members = await roster.members(programme_id, wanted)
        people = {one.person_id for one in members} | {author for one in written for author in one.author_ids}
        people |= {one for thing in things for one in (thing.person_id, thing.about_id) if one}
        relations = await roster.standing_among(programme_id, people) if shared.template.relations else []
        known = RoleDirectory(members, relations, shared.today, parties)
        return known.members, known

    async def _evidence(self, shared: Programming, cases: Iterable[Case], about: set[str]) -> Evidence:
        """What people did that may end a task: about the things, about what their tasks are about, at their schools."""
        cases, programme_id = list(cases), shared.programme.programme_id
        things = [case.thing for case in cases]
        entries = [entry for case in cases for entry in case.entries]
        about |= {one for thing in things for one in (thing.about_id, thing.school_id, thing.group_id) if one}
        about |= {one for entry in entries for one in (entry.entry_id, *(line.line_id for line in entry.lines))}
        entries += await self._stores.about.about(programme_id, about - {programme_id})
        found = {entry.entry_id: entry for entry in entries}
        if told := forms_told_by_school(shared.template):
            schools = {None, *(school for thing in things for school in thing.schools)}
            found |= {one.entry_id: one for one in await self._stores.about.of_forms(programme_id, told, schools)}
        answers = await self._stores.answers.of({thing.about_id for thing in things})
        forms = {form.key: form for form in shared.template.forms}
        return Evidence(entries=tuple(found.values()), answers=answers, forms=forms)


def grouped(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """The entries by the thing that they concern; none for any other."""
    found = defaultdict[str, tuple[Entry, ...]](tuple)
    for entry in entries:
        found[entry.thing_id] += (entry,)
    return found


def _holders(members: Sequence[Membership]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Entry -> role -> whom it brought to that."""
    named = defaultdict[str, list[Membership]](list)
    for one in members:
        if one.entry_id:
            named[one.entry_id].append(one)
    return {entry_id: holders_of(found) for entry_id, found in named.items()}


def _since(members: Sequence[Membership]) -> Mapping[str, dt.date]:
    """Since when people have their part; who took somebody's place stands in it from the beginning."""
    first: dict[str, dt.date] = {}
    for one in members:
        first[one.person_id] = min(first.get(one.person_id, one.since), one.since)
    replacing = {one.person_id for one in members if one.replaces}
    return {person: day for person, day in first.items() if person not in replacing}
