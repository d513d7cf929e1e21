"""What tasks are about, in words: somebody, a school, an entry, a place, a dated thing."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.portal.domain import words
from services.portal.domain.entries import Entry, told
from services.portal.domain.places import Pair, Placement
from services.portal.domain.records import School
from services.portal.domain.tasks import Owed
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.portal import Portal

SchoolKey = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """What was loaded for a list of tasks. `named`: entry -> the people whom it names."""

    programmes: dict[str, WholeProgramme] = field(default_factory=dict)
    schools: dict[SchoolKey, School] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Placement] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def school(self, programme_id: str, school_id: str | None) -> str:
        """A school's name; blank where it is not known."""
        found = self.schools.get((programme_id, school_id or ""))
        return found.name if found else ""

    def about(self, task: Owed, person_id: str = "") -> str:
        """What a task is about, unless it is the school that owes it; of a pair, who else than the person is in it."""
        if pair := self.pairs.get(task.about_id):
            return words.listed([self.names[one] for one in pair.others(person_id) if one in self.names])
        if entry := self.entries.get(task.about_id):
            return self.entry(entry)
        if place := self.places.get(task.about_id):
            return self.place(place)
        if task.about_id in self.names:
            return self.names[task.about_id]
        return self.school(task.programme_id, task.about_id) if task.about_id != task.school_id else ""

    def entry(self, entry: Entry) -> str:
        """Whom an entry names, or who wrote it; and the first thing that it tells."""
        people = [self.names[one] for one in self.named.get(entry.entry_id, ()) if one in self.names]
        if people:
            return words.listed(people)
        programme = self.programmes.get(entry.programme_id)
        said = next(iter(told(entry, programme).values()), "") if programme else ""
        authors = words.listed([self.names[one] for one in entry.author_ids if one in self.names])
        return ": ".join(part for part in (authors, said) if part)

    def place(self, place: Placement) -> str:
        """Who is placed where."""
        who, where = self.names.get(place.person_id, ""), self.school(place.programme_id, place.host_school_id)
        return " at ".join(part for part in (who, where) if part)


async def known_of(portal: Portal, tasks: Iterable[Owed]) -> Known:
    """Load what a list of tasks is about: each kind of thing in one go."""
    tasks, read = list(tasks), portal.read
    about = {task.about_id for task in tasks if task.about_id}
    programmes, entries, places, pairs = await asyncio.gather(
        _programmes(portal, {task.programme_id for task in tasks}), read.entries.find(about), read.places.find(about),
        read.places.pairs(about),
    )  # fmt: skip
    members = await asyncio.gather(*(read.roster.named_in(one.programme_id, one.entry_id) for one in entries.values()))
    named = {
        entry_id: tuple(dict.fromkeys(one.person_id for one in each))
        for entry_id, each in zip(entries, members, strict=True)
        if each
    }
    people = about | {task.done_by for task in tasks} | {place.person_id for place in places.values()}
    people |= {one for entry in entries.values() for one in entry.author_ids}
    people |= {one for pair in pairs.values() for one in pair.person_ids}
    people |= {one for found in named.values() for one in found}

    def wanted(programme_id: str) -> set[str]:
        found = {one for task in tasks if task.programme_id == programme_id for one in (task.school_id, task.about_id)}
        found |= {place.host_school_id for place in places.values() if place.programme_id == programme_id}
        return {one for one in found if one}

    names, found = await asyncio.gather(
        read.people.names(one for one in people if one),
        asyncio.gather(*(read.schools.of_programme(one, wanted(one)) for one in programmes)),
    )
    schools = {
        (programme_id, school.school_id): school
        for programme_id, each in zip(programmes, found, strict=True)
        for school in each
    }
    return Known(programmes, schools, entries, named, places, pairs, names)


async def _programmes(portal: Portal, ids: Iterable[str]) -> dict[str, WholeProgramme]:
    keys = sorted(set(ids))
    found = await asyncio.gather(*map(portal.read.whole.get, keys))
    return {key: programme for key, programme in zip(keys, found, strict=True) if programme}
