"""Entries, programmes of the engine and placements, in memory."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from services.reporting.domain.counting.links import SharedLink
from services.reporting.domain.counting.polls import PollRecord
from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.entries.actions import state_of
from services.reporting.domain.entries.erasure import emptied, named_in, owned_by, version_unnamed, without
from services.reporting.domain.entries.listing import Released
from services.reporting.domain.entries.records import EngineProgramme, Entry, PlanLine, SubmittedVersion
from services.reporting.domain.entries.searching import FoundActions, Wanted, WantedActions
from services.reporting.domain.entries.subjects import Pair, Placement
from services.reporting.domain.status import Rating, rating
from shared.roster import Membership

NO_ONE: Mapping[str, EngineProgramme] = {}


class MemoryEngineProgrammes:
    def __init__(self) -> None:
        self.rows: dict[str, EngineProgramme] = {}

    async def get(self, programme_id: str) -> EngineProgramme | None:
        return self.rows.get(programme_id)

    async def put(self, programme: EngineProgramme) -> None:
        self.rows[programme.programme_id] = programme

    async def of_template(self, key: str) -> list[EngineProgramme]:
        found = [one for one in self.rows.values() if one.template.key == key]
        return sorted(found, key=lambda one: one.programme_id)

    async def recent(self, most: int) -> list[EngineProgramme]:
        return sorted(self.rows.values(), key=lambda one: (-one.year, one.name, one.programme_id))[:most]


class MemoryPlacements:
    def __init__(self) -> None:
        self.rows: dict[str, Placement] = {}

    async def get(self, match_id: str) -> Placement | None:
        return self.rows.get(match_id)

    async def of_person(self, programme_id: str, person_id: str) -> list[Placement]:
        return [one for one in await self.of_programme(programme_id) if person_id in one.person_ids]

    async def of_programme(self, programme_id: str) -> list[Placement]:
        found = [one for one in self.rows.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.match_id)

    async def of_people(self, programme_id: str, person_ids: Sequence[str]) -> list[Placement]:
        standing = [one for one in self.rows.values() if one.programme_id == programme_id and not one.ended]
        return sorted((one for one in standing if one.person_id in person_ids), key=lambda one: one.match_id)

    async def at_school(self, programme_id: str, host_school_id: str) -> list[Placement]:
        there = [one for one in await self.of_programme(programme_id) if one.host_school_id == host_school_id]
        return [one for one in there if not one.ended]

    async def put(self, placement: Placement) -> None:
        self.rows[placement.match_id] = placement


class MemorySheets:
    def __init__(self) -> None:
        self.rows: dict[str, Sheet] = {}

    async def get(self, sheet_id: str) -> Sheet | None:
        return self.rows.get(sheet_id)

    async def of_form(self, programme_id: str, form: str, about_ids: Sequence[str] | None = None) -> list[Sheet]:
        found = [one for one in self.rows.values() if (one.programme_id, one.form) == (programme_id, form)]
        found = [one for one in found if about_ids is None or one.about_id in about_ids]
        return sorted(found, key=lambda one: (one.begun, one.sheet_id))

    async def put(self, sheet: Sheet) -> None:
        self.rows[sheet.sheet_id] = sheet


class MemorySharedLinks:
    def __init__(self) -> None:
        self.rows: dict[str, SharedLink] = {}

    async def get(self, token: str) -> SharedLink | None:
        return self.rows.get(token)

    async def of(self, programme_id: str, form: str = "", about_id: str = "") -> list[SharedLink]:
        found = [one for one in self.rows.values() if one.programme_id == programme_id]
        found = [one for one in found if form in {"", one.form} and about_id in {"", one.about_id}]
        return sorted(found, key=lambda one: (one.form, one.about_id, -one.number))

    async def put(self, link: SharedLink) -> None:
        self.rows[link.token] = link


class MemoryPolls:
    def __init__(self) -> None:
        self.rows: dict[str, PollRecord] = {}

    async def get(self, poll_id: str) -> PollRecord | None:
        return self.rows.get(poll_id)

    async def of_template(self, template: str) -> list[PollRecord]:
        found = sorted((one for one in self.rows.values() if one.template == template), key=lambda one: one.poll_id)
        return sorted(found, key=lambda one: one.closed_on, reverse=True)

    async def put(self, record: PollRecord) -> None:
        self.rows[record.poll_id] = record


class MemoryPairs:
    def __init__(self) -> None:
        self.rows: dict[str, Pair] = {}

    async def get(self, pair_id: str) -> Pair | None:
        return self.rows.get(pair_id)

    async def of_person(self, programme_id: str, person_id: str) -> list[Pair]:
        found = [one for one in self.rows.values() if one.programme_id == programme_id and person_id in one.person_ids]
        return sorted((one for one in found if not one.ended), key=lambda one: one.pair_id)

    async def put(self, pair: Pair) -> None:
        self.rows[pair.pair_id] = pair


class MemoryEntries:
    def __init__(self) -> None:
        self.rows: dict[str, Entry] = {}
        self.kept: dict[tuple[str, int], SubmittedVersion] = {}

    async def get(self, entry_id: str) -> Entry | None:
        return self.rows.get(entry_id)

    async def put(self, entry: Entry) -> None:
        self.rows[entry.entry_id] = entry
        if entry.submitted is not None:
            self.kept.setdefault((entry.entry_id, entry.number), entry.submitted)

    async def with_line(self, line_id: str) -> Entry | None:
        found = (one for one in self.rows.values() if any(line.line_id == line_id for line in one.plan))
        return next(found, None)

    async def planned(self, programme_id: str, person_id: str = "") -> list[Entry]:
        found = [one for one in self.rows.values() if one.counts and one.plan]
        found = [one for one in found if not programme_id or one.programme_id == programme_id]
        return sorted(
            (one for one in found if not person_id or person_id in _concerned(one)), key=lambda one: one.entry_id
        )

    async def actions(self, wanted: WantedActions, *, limit: int, offset: int = 0) -> FoundActions:
        rated = sorted(
            (line.due or dt.date.max, line.line_id, entry.entry_id, _rated(line, wanted.today))
            for entry in await self.planned(wanted.programme_id)
            for line in entry.plan
            if _wanted_line(entry, line, wanted)
        )
        fitting = [(entry, line) for _, line, entry, rate in rated if wanted.rating in {None, rate}]
        return FoundActions(Counter(rate for *_, rate in rated), tuple(fitting[offset : offset + limit]))

    async def versions(self, entry_id: str) -> list[SubmittedVersion]:
        return [self.kept[key] for key in sorted(self.kept) if key[0] == entry_id]

    async def search(self, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[int, list[Entry]]:
        found = [entry for entry in self.rows.values() if _matches(entry, wanted)]
        found = sorted(sorted(found, key=lambda one: one.entry_id), key=lambda one: one.changed_at, reverse=True)
        return len(found), found[offset : offset + limit]

    async def find(self, entry_ids: Sequence[str]) -> list[Entry]:
        return [self.rows[one] for one in entry_ids if one in self.rows]

    async def released_to(self, person_id: str, programme_id: str, form: str) -> list[Released]:
        _, found = await self.search(Wanted(programme_id=programme_id, form=form, states=("released",)), limit=9999)
        return [
            Released(one.entry_id, one.school_id, one.submitted.answers)
            for one in found
            if one.submitted and person_id in one.reader_ids
        ]

    def forget(
        self, person_id: str, roster: Collection[Membership] = (), programmes: Mapping[str, EngineProgramme] = NO_ONE
    ) -> None:
        for key, entry in list(self.rows.items()):
            members, programme = [one for one in roster if one.entry_id == key], programmes.get(entry.programme_id)
            named = named_in(entry, person_id, members, programme.template if programme else None)
            names = any(one.person_id != person_id for one in members)
            left = without(entry, person_id, names=names, named=named)
            if left is not None:
                self.rows[key] = left
                fields, owning = emptied(entry, person_id, names=names, named=named), owned_by(entry, person_id)
                theirs = {known: one for known, one in self.kept.items() if known[0] == key}
                self.kept |= {known: version_unnamed(one, fields, owning) for known, one in theirs.items()}
                continue
            del self.rows[key]
            self.kept = {known: version for known, version in self.kept.items() if known[0] != key}
        for known, version in self.kept.items():
            if version.person_id == person_id:
                self.kept[known] = version.model_copy(update={"person_id": ""})


def _matches(entry: Entry, wanted: Wanted) -> bool:
    equal = {"programme_id", "form", "about_id", "school_id"}
    return (
        all(getattr(wanted, field) in {"", getattr(entry, field)} for field in equal)
        and (not wanted.author_id or wanted.author_id in entry.author_ids)
        and (not wanted.about_ids or entry.about_id in wanted.about_ids)
        and (not wanted.states or entry.state in wanted.states)
        and entry.entry_id.startswith(wanted.named)
    )


def _concerned(entry: Entry) -> set[str]:
    return {*entry.author_ids, *entry.reader_ids, entry.agreed_by, *(line.owner_id for line in entry.plan)}


def _wanted_line(entry: Entry, line: PlanLine, wanted: WantedActions) -> bool:
    same = wanted.school_id in {"", line.school_id} and wanted.owner_id in {"", line.owner_id}
    concerns = not wanted.concerning or not {line.school_id, line.owner_id}.isdisjoint(wanted.concerning)
    return same and concerns and wanted.form in {"", entry.form} and line.line_id.startswith(wanted.named)


def _rated(line: PlanLine, today: dt.date) -> Rating:
    return rating(state_of(line), line.due or today, today)
