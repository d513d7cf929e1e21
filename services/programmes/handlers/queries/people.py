"""Queries about people, whatever programme they are in."""

from collections.abc import Iterable

from services.programmes.domain.records import ASKED, Person, Programme, RoleOf
from services.programmes.domain.register.entry import facts_of
from services.programmes.domain.register.following import standing_under
from services.programmes.ports.enrolments import Enrolments
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import PeopleSearch
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import Schools
from shared.commands.people import FindPeople, FoundPeople, FoundPerson, PlaceRow
from shared.errors import Rejected
from shared.events.base import DateSpan

__all__ = ["PeopleQueries"]

_OVER = frozenset({"completed", "archived"})


class PeopleQueries:
    """Finds people, and says what they do."""

    def __init__(
        self,
        people: PeopleSearch,
        programmes: Programmes,
        *,
        parties: Parties,
        schools: Schools,
        enrolments: Enrolments,
    ) -> None:
        self._enrolments = enrolments
        self._people = people
        self._programmes = programmes
        self._parties = parties
        self._schools = schools

    async def find(self, query: FindPeople) -> FoundPeople:
        """A page of people by name, each with the roles they hold; who was only asked holds none yet."""
        if query.person_id:
            found = await self._people.concerned((), [query.person_id])
            total = len(found)
        else:
            total, found = await self._people.search(query.search, query.programme_id, query.limit, query.offset)
        roles = [role for one in found for role in one.roles]
        programmes = await self._of({role.programme_id for role in roles if role.programme_id})
        schools = await self._named({role.school_id for role in roles if role.school_id})
        parties = {role.party_id: await self._party(role.party_id) for role in roles if role.party_id}

        def place(role: RoleOf) -> PlaceRow:
            programme = programmes.get(role.programme_id or "")
            urn, school = schools.get(role.school_id or "", (None, ""))
            return PlaceRow(
                role=role.role,
                title=programme.terms.title_of(role.role) if programme else role.role.replace("-", " "),
                programme_id=role.programme_id or "",
                programme=programme.name if programme else "",
                under_way=programme is not None and programme.stands not in _OVER,
                urn=urn,
                school=school,
                party=parties.get(role.party_id or "", ""),
            )

        days = await self._days(query.person_id) if query.person_id else ()
        rows = (_row(one, map(place, _held(one))) for one in found)
        return FoundPeople(
            total=total, people=tuple(one.model_copy(update={"dates_not_possible": days}) for one in rows)
        )

    async def _days(self, person_id: str) -> tuple[DateSpan, ...]:
        """The days that were named for somebody when their schools enrolled, each once."""
        records = await self._enrolments.holding([person_id])
        held = (one for record in records for one in record.people if one.person_id == person_id)
        return tuple(dict.fromkeys(span for one in held for span in one.dates_not_possible))

    async def _of(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        found = {}
        for one in sorted(programme_ids):
            try:
                found[one] = await self._programmes.get(one)
            except Rejected:
                continue  # it is gone; the role stays, without a name
        return found

    async def _named(self, school_ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        entries = await self._schools.entries_of(school_ids)
        found = {school_id: standing_under(each) for school_id, each in entries.items()}
        return {school_id: (one.school.urn, facts_of(one).name) for school_id, one in found.items() if one}

    async def _party(self, party_id: str) -> str:
        found = await self._parties.party(party_id)
        return found.name if found else ""


def _held(person: Person) -> Iterable[RoleOf]:
    return dict.fromkeys(role.place for role in person.roles if role.through != ASKED)


def _row(person: Person, places: Iterable[PlaceRow]) -> FoundPerson:
    return FoundPerson(
        person_id=person.person_id,
        name=person.name,
        email=person.email,
        phone=person.phone or "",
        places=tuple(places),
    )
