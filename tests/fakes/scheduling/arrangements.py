"""Days that people of placements agree, and the facts they depend on, in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from services.scheduling.domain.agreed.records import Answers, Arrangement, EngineProgramme, HostSchool, Placement
from shared.commands.agreed_visits import ListDays
from tests.fakes.memory import Memory
from tests.fakes.scheduling.found import by_key


class MemoryEngineFacts:
    def __init__(self, memory: Memory) -> None:
        self._programmes, self._schools = memory["engine_programmes"], memory["engine_schools"]
        self._placements, self._answers = memory["placements"], memory["told_answers"]

    async def programme(self, programme_id: str) -> EngineProgramme | None:
        return self._programmes.get(programme_id)

    async def put_programme(self, programme: EngineProgramme) -> None:
        self._programmes[programme.programme_id] = programme

    async def school(self, programme_id: str, school_id: str) -> HostSchool | None:
        return (await self.schools(programme_id, [school_id])).get(school_id)

    async def schools(self, programme_id: str, school_ids: Collection[str]) -> Mapping[str, HostSchool]:
        mine = (one for one in by_key(self._schools) if one.programme_id == programme_id)
        return {one.school_id: one for one in mine if one.school_id in school_ids}

    async def enrolment(self, enrolment_id: str) -> HostSchool | None:
        return self._schools.get(enrolment_id)

    async def programmes_with(self, *, school_id: str = "", authority_code: str = "") -> list[str]:
        fitting = (
            one
            for one in self._schools.values()
            if school_id in {"", one.school_id} and authority_code in {"", one.authority_code}
        )
        return sorted({one.programme_id for one in fitting})

    async def all_schools(self, programme_id: str) -> list[HostSchool]:
        mine = (one for one in self._schools.values() if one.programme_id == programme_id)
        return sorted(mine, key=lambda one: (one.school_id, one.enrolment_id))

    async def put_school(self, school: HostSchool) -> None:
        _put_newer(self._schools, school.enrolment_id, school)

    async def placement(self, match_id: str) -> Placement | None:
        return self._placements.get(match_id)

    async def put_placement(self, placement: Placement) -> None:
        self._placements[placement.match_id] = placement

    async def answers(self, entry_ids: Iterable[str]) -> list[Answers]:
        return [self._answers[one] for one in sorted(entry_ids) if one in self._answers]

    async def put_answers(self, answers: Answers) -> None:
        _put_newer(self._answers, answers.entry_id, answers)

    async def placed_by(self, entry_id: str) -> list[Placement]:
        return [one for one in by_key(self._placements) if entry_id in {one.person_entry_id, one.thing_entry_id}]


def _put_newer(kept: dict[Any, Any], key: str, record: Any) -> None:
    if key not in kept or kept[key].version < record.version:
        kept[key] = record


class MemoryArrangements:
    def __init__(self, memory: Memory) -> None:
        self._kept, self._taken = memory["arrangements"], memory["taken_days"]

    async def get(self, arrangement_id: str) -> Arrangement | None:
        return self._kept.get(arrangement_id)

    async def with_visit(self, visit_id: str) -> Arrangement | None:
        return next((one for one in self._kept.values() if one.visit(visit_id)), None)

    async def of_match(self, match_id: str) -> list[Arrangement]:
        return sorted((one for one in self._kept.values() if one.match_id == match_id), key=lambda one: one.activity)

    async def of_programme(self, programme_id: str, *, person_id: str = "", match_id: str = "") -> list[Arrangement]:
        found = [one for one in self._by_host() if one.programme_id == programme_id]
        found = [one for one in found if match_id in {"", one.match_id}]
        return [one for one in found if not person_id or person_id in _concerned(one)]

    async def page(self, wanted: ListDays) -> tuple[int, list[Arrangement]]:
        found = await self.of_programme(wanted.programme_id, person_id=wanted.person_id, match_id=wanted.match_id)
        found = [one for one in found if wanted.state in {None, one.state} and wanted.activity in {"", one.activity}]
        whom = set(wanted.concerning)
        found = [one for one in found if not whom or whom & {*_concerned(one), one.host_school_id, one.school_id}]
        ids = ((one, (one.arrangement_id, *(each.visit_id for each in one.visits))) for one in found)
        found = [one for one, own in ids if any(each.startswith(wanted.named) for each in own)]
        found.sort(key=lambda one: not one.declined)
        return len(found), found[wanted.offset : wanted.offset + wanted.limit]

    async def at_school(self, programme_id: str, school_id: str) -> list[Arrangement]:
        found = (one for one in self._by_host() if one.programme_id == programme_id)
        return [one for one in found if school_id in {one.host_school_id, one.school_id}]

    async def put(self, record: Arrangement, now: dt.datetime) -> None:
        self._kept[record.arrangement_id] = record
        for key in [key for key, (name, _, _) in self._taken.items() if name == record.arrangement_id]:
            del self._taken[key]
        for person, day, until in record.held_days(now):
            held = (record.arrangement_id, record.host_school_id, until)
            self._taken[record.arrangement_id, person, day] = held

    async def taken(
        self, people: Collection[str], now: dt.datetime, *, without: str = ""
    ) -> Mapping[str, Mapping[dt.date, str]]:
        found = defaultdict[str, dict[dt.date, str]](dict)
        for (name, person, day), (_, place, until) in self._taken.items():
            if person in people and name != without and (until is None or until > now):
                found[person][day] = place
        return dict(found)

    async def forget(self, person_id: str) -> None:
        for key in [key for key in self._taken if key[1] == person_id]:
            del self._taken[key]
        for name, one in list(self._kept.items()):
            declined = tuple(each for each in one.declined if each.person_id != person_id)
            suits = tuple(each for each in one.suits if each.person_id != person_id)
            self._kept[name] = one.model_copy(update={"declined": declined, "suits": suits})

    def _by_host(self) -> list[Arrangement]:
        return sorted(self._kept.values(), key=lambda one: (one.host_school_id, one.arrangement_id))


def _concerned(one: Arrangement) -> set[str]:
    return {one.person_id, *(person for day in one.visits for person in day.people)}
