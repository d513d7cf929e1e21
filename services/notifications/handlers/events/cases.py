"""Loads what an entry, a task or a moment of a programme is about, and whom references name there."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from services.notifications.domain.directory import Programme
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails import situations
from services.notifications.domain.template_mails.people import Recipient, recipient
from services.notifications.domain.template_mails.records import FormEntry, Owed
from services.notifications.domain.template_mails.situations import Case
from services.notifications.ports.stores import Stores
from shared.roster import Membership, directory, directory_of
from shared.template import Template
from shared.template.resolving import Needed, people_for

_DEEPEST = 4
"""An entry about an entry about an entry: no template goes further, and a circle of forms must end."""
_WHOLE = frozenset({"programme", "cohort"})
_DATED = frozenset({"visit", "event"})


class Cases:
    """What things of a programme are about."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def of_entry(self, programme: Programme, template: Template, entry: FormEntry) -> Case:
        """Return what an entry is about."""
        case = await self._within(programme, template, entry, _DEEPEST)
        return situations.run_by(case, programme.coordinator_id)

    async def of_task(self, programme: Programme, template: Template, task: Owed) -> Case:
        """Return what a task is about; of the school that owes it where the thing has none."""
        return await self.of_thing(programme, template, task.about, task.about_id, task.school_id)

    async def of_thing(
        self, programme: Programme, template: Template, about: str, about_id: str, school_id: str | None
    ) -> Case:
        """Return what a thing of this kind is about; of the school that is named where the thing has none."""
        case = await self._about(programme, template, about, about_id, _DEEPEST)
        if case.situation.school_id is None and school_id:
            situation = dataclasses.replace(case.situation, school_id=school_id)
            case = dataclasses.replace(case, situation=situation)
        return situations.run_by(case, programme.coordinator_id)

    async def of_match(self, programme: Programme, match_id: str) -> Case:
        """Return what a placement is about."""
        return situations.run_by(await self._match(match_id), programme.coordinator_id)

    async def of_pair(self, programme: Programme, pair_id: str) -> Case:
        """Return what a pair or ring is about: its people."""
        return situations.run_by(await self._pair(pair_id), programme.coordinator_id)

    async def of_date(self, programme: Programme, target: Target) -> Case:
        """Return what a date is about as it now stands; a day that people agree is about their placement, too."""
        case = situations.of_target(target)
        if target.kind == "agreed-visit" and target.group_id:
            case = situations.of_day(target, await self._match(target.group_id))
        return situations.run_by(case, programme.coordinator_id)

    async def people(
        self, programme: Programme, template: Template, references: Sequence[str], case: Case, now: dt.datetime
    ) -> list[Recipient]:
        """Return everybody the references name, with the role by which each is known there."""
        roster, day = self._stores.roster, _day(template, now)
        known = await directory(roster, programme.programme_id, references, template, about=case.situation, on=day)
        ids = people_for(references, template, case.situation, known)
        near = (case.situation.school_id, case.situation.host_school_id)
        return await self._recipients(programme, ids, known.members, near)

    async def known(self, programme: Programme, person_ids: Iterable[str], school_id: str | None) -> list[Recipient]:
        """Return these people with a role they hold, at this school where they hold one there."""
        return await self._recipients(programme, person_ids, (), (school_id,))

    async def everywhere(
        self, programme: Programme, template: Template, references: Sequence[str], now: dt.datetime
    ) -> list[Recipient]:
        """Return everybody the references name at any school that takes part, each once."""
        schools = await self._stores.programmes.schools(programme.programme_id)
        ids = [school.school_id for school in schools if not school.withdrawn]
        wanted = Needed(school_ids=frozenset(ids), roles_everywhere=frozenset(role.key for role in template.roles))
        known = await directory_of(
            self._stores.roster, programme.programme_id, wanted, template, on=_day(template, now)
        )
        found: dict[str, Recipient] = {}
        places: Sequence[str | None] = ids or [None]
        for school_id in places:
            case = situations.run_by(situations.of_school(school_id), programme.coordinator_id)
            for person in people_for(references, template, case.situation, known):
                found.setdefault(person, recipient(person, programme, known.members, (school_id,)))
        return list(found.values())

    async def _recipients(
        self,
        programme: Programme,
        person_ids: Iterable[str],
        members: Sequence[Membership],
        near: Sequence[str | None],
    ) -> list[Recipient]:
        found = []
        for person in dict.fromkeys(person_ids):
            held: Sequence[Membership] = [one for one in members if one.person_id == person]
            if not held and person != programme.coordinator_id:
                held = await self._stores.roster.of_person(programme.programme_id, person)
            found.append(recipient(person, programme, held, near))
        return found

    async def _about(self, programme: Programme, template: Template, about: str, about_id: str, deeper: int) -> Case:
        if not about_id or not deeper or about in _WHOLE:
            return situations.of_school(None)
        if about == "school":
            return situations.of_school(about_id)
        if found := {"match": self._match, "pair": self._pair, "group": self._group}.get(about):
            return await found(about_id)
        if about == "entry" or template.form(about):
            return await self._entry(programme, template, about_id, deeper - 1)
        if about in _DATED or template.activity(about):
            target = (await self._stores.targets.find([about_id])).get(about_id)
            return situations.of_target(target) if target else situations.of_school(None)
        held = await self._stores.roster.of_person(programme.programme_id, about_id)
        return situations.of_person(held, about)

    async def _entry(self, programme: Programme, template: Template, entry_id: str, deeper: int) -> Case:
        entry = (await self._stores.entries.find([entry_id])).get(entry_id)
        if entry is None:
            return situations.of_school(None)
        return await self._within(programme, template, entry, deeper)

    async def _within(self, programme: Programme, template: Template, entry: FormEntry, deeper: int) -> Case:
        above = await self._about(programme, template, entry.about, entry.about_id, deeper)
        named = await self._stores.roster.named_in(programme.programme_id, entry.entry_id)
        return situations.of_entry(entry, above, template, named)

    async def _group(self, group_id: str) -> Case:
        found = (await self._stores.groups.find([group_id])).get(group_id)
        return situations.of_group(found.school_ids) if found else situations.of_school(None)

    async def _pair(self, pair_id: str) -> Case:
        found = (await self._stores.pairs.find([pair_id])).get(pair_id)
        return situations.of_pair(found) if found else situations.of_school(None)

    async def entries(self, entry_ids: Sequence[str]) -> list[FormEntry]:
        """These entries, as far as they are known."""
        return list((await self._stores.entries.find(entry_ids)).values())

    async def _match(self, match_id: str) -> Case:
        found = (await self._stores.placements.find([match_id])).get(match_id)
        if found is None:
            return situations.of_school(None)
        named = [one for one in (found.person_entry_id, found.thing_entry_id) if one]
        return situations.of_placement(found, (await self._stores.entries.find(named)).values())


def _day(template: Template, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(template.timezone)).date()
