"""Queries about trusts and partnerships, relations and categories."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.parties.categories import category_title
from services.programmes.domain.parties.records import OF_PROGRAMME, PartyRecord, standing_id
from services.programmes.domain.records import Person, Programme
from services.programmes.domain.register.entry import RegisterEntry
from services.programmes.domain.register.following import standing_under
from services.programmes.domain.views import person_row
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import Schools
from shared.commands.parties import (
    CategoryRow,
    CategoryRows,
    ListCategories,
    ListParties,
    ListRelations,
    PartyRow,
    PartyRows,
    PartySchoolRow,
    RelationRow,
    RelationRows,
)
from shared.commands.programmes_queries import PersonRow
from shared.template import Template

__all__ = ["PartyQueries"]

Now = Callable[[], dt.datetime]


class PartyQueries:
    """One method a query."""

    def __init__(self, programmes: Programmes, parties: Parties, *, people: People, schools: Schools, now: Now) -> None:
        self._programmes = programmes
        self._parties = parties
        self._people = people
        self._schools = schools
        self._now = now

    async def parties(self, query: ListParties) -> PartyRows:
        """Those that take part, with their schools and people."""
        programme = await self._programmes.get(query.programme_id)
        found = await self._parties.parties(query.programme_id)
        if query.person_id is not None:
            found = [one for one in found if any(held.person_id == query.person_id for held in one.people)]
        known, own = (
            [one for one in found if one.kind != OF_PROGRAMME],
            [one for one in found if one.kind == OF_PROGRAMME],
        )
        fits = [one for one in known if query.party_id in {"", one.party_id}]
        fits = [one for one in fits if query.search.casefold() in one.name.casefold()]
        shown = fits[query.offset : query.offset + query.limit]
        people = await self._held(query.programme_id, [*shown, *own])
        entries = await self._entries(school.school_id for one in shown for school in one.schools)
        categories = await self._categories(programme)
        rows = [
            PartyRow(
                party_id=one.party_id,
                kind=one.kind,
                name=one.name,
                trust_id=one.trust_id,
                schools=tuple(_schools(one, programme, entries, categories, people.values())),
                people=tuple(_people(one, people, programme.terms)),
            )
            for one in shown
        ]
        of_programme = tuple(row for one in own for row in _people(one, people, programme.terms))
        return PartyRows(parties=tuple(rows), programme_people=of_programme, total=len(fits), known=len(known))

    async def _held(self, programme_id: str, parties: Iterable[PartyRecord]) -> dict[str, Person]:
        """Everybody who has a role at these parties or their schools, by id."""
        schools = {school.school_id for one in parties for school in one.schools}
        found = await self._people.at_schools(programme_id, schools)
        named = {held.person_id for one in parties for held in one.people}
        found += await self._people.concerned((), named - {one.person_id for one in found})
        return {one.person_id: one for one in found}

    async def relations(self, query: ListRelations) -> RelationRows:
        """Who stands to whom, those that are over last."""
        programme = await self._programmes.get(query.programme_id)
        today = programme.today(self._now())
        found = await self._parties.relations(query.programme_id)
        ids = {person for one in found for person in (one.from_person, one.to_person)}
        names = {one.person_id: one.name for one in await self._people.concerned((), ids)}
        rows = [
            RelationRow(
                relation=one.relation,
                person_id=one.from_person,
                person=names[one.from_person],
                to_id=one.to_person,
                to=names[one.to_person],
                since=one.since,
                until=one.until,
            )
            for one in found
            if {one.from_person, one.to_person} <= set(names)
        ]
        part = query.search.casefold()
        rows = [row for row in rows if part in row.person.casefold() or part in row.to.casefold()]
        rows.sort(key=lambda row: (_over(row, today), row.relation, row.to, row.person))
        shown = tuple(rows[query.offset : query.offset + query.limit])
        return RelationRows(relations=shown, total=len(rows), standing=sum(not _over(row, today) for row in rows))

    async def categories(self, query: ListCategories) -> CategoryRows:
        """What was decided, by school, the latest first."""
        programme = await self._programmes.get(query.programme_id)
        found = [one for one in await self._parties.standings(query.programme_id) if query.urn in {None, one.urn}]
        entries = await self._entries(one.school_id for one in found)
        by = {decided.decided_by for one in found for decided in one.decisions if decided.decided_by}
        names = {one.person_id: one.name for one in await self._people.concerned((), by)}
        template = programme.template
        rows = [
            CategoryRow(
                urn=one.urn,
                school=_name(entries, one.school_id),
                category=decided.category,
                title=category_title(template, decided.category) if isinstance(template, Template) else "",
                since=decided.since,
                decided_by=names.get(decided.decided_by or "", ""),
                reason=decided.reason,
            )
            for one in found
            for decided in reversed(one.decisions)
        ]
        return CategoryRows(decisions=tuple(rows))

    async def _entries(self, school_ids: Iterable[str]) -> dict[str, RegisterEntry]:
        found = await self._schools.entries_of(set(school_ids))
        return {key: entry for key, entries in found.items() if (entry := standing_under(entries))}

    async def _categories(self, programme: Programme) -> dict[str, str]:
        """School -> its category today, where the template has categories."""
        template = programme.template
        if not isinstance(template, Template) or template.categories is None:
            return {}
        today = programme.today(self._now())
        first = template.categories.values[0].key
        found = {
            one.standing_id: next((each.category for each in reversed(one.decisions) if each.since <= today), first)
            for one in await self._parties.standings(programme.programme_id)
        }
        return {"": first, **found}


def _schools(
    party: PartyRecord,
    programme: Programme,
    entries: Mapping[str, RegisterEntry],
    categories: Mapping[str, str],
    people: Iterable[Person],
) -> Iterable[PartySchoolRow]:
    held = {
        (role.school_id, role.role)
        for one in people
        for role in one.roles
        if role.programme_id == programme.programme_id
    }
    for one in sorted(party.schools, key=lambda one: (one.until is not None, _name(entries, one.school_id))):
        entry = entries.get(one.school_id)
        lacking = (role for role in programme.terms.people if (one.school_id, role) not in held)
        key = standing_id(programme.programme_id, one.school_id)
        yield PartySchoolRow(
            **one.model_dump(),
            urn=entry.school.urn if entry else 0,
            school=_name(entries, one.school_id),
            category=categories.get(key, categories.get("", "")),
            missing=() if one.until else tuple(programme.terms.title_of(role) for role in lacking),
        )


def _people(party: PartyRecord, people: Mapping[str, Person], terms: EnrolmentTerms) -> Iterable[PersonRow]:
    for one in party.people:
        if one.person_id in people:
            yield person_row(people[one.person_id], one.role, terms)


def _over(row: RelationRow, today: dt.date) -> bool:
    return row.until is not None and row.until <= today


def _name(entries: Mapping[str, RegisterEntry], school_id: str) -> str:
    entry = entries.get(school_id)
    return entry.school.name if entry else ""
