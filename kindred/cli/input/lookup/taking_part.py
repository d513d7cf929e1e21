"""People of a programme by id or address, and the names behind ids."""

from collections.abc import Iterable

from kindred.cli.input.lookup.programmes import enrolments, programme
from kindred.cli.session import find
from shared.commands.people import FindPeople, FoundPeople, FoundPerson
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, NamedPeople, NamePeople, PersonRow
from shared.errors import Rejected

MOST_NAMES = 1000


def people(programme_id: str) -> list[PersonRow]:
    """Everybody in a programme, its own people first, then those of enrolments, then whoever else holds a role."""
    first = find(ListEnrolments(programme_id=programme_id, limit=1, everybody=True), EnrolmentRows)
    found = [*first.programme_people, *(person for row in enrolments(programme_id) for person in row.people)]
    known = {(row.person_id, row.role) for row in found}
    return [*found, *(row for row in first.everybody if (row.person_id, row.role) not in known)]


def person(named: str, programme_named: str = "") -> PersonRow:
    """The person with that id or address."""
    found = [row for row in people(programme(programme_named).programme_id) if _is(row, named)]
    if not found:
        raise Rejected("unknown-person", f"Nobody with the id or address {named!r} takes part.")
    return found[0]


def anybody(named: str) -> FoundPerson:
    """The person with that id or address, whatever they do, and if they do nothing any more."""
    by_id = FindPeople(person_id=named) if named.startswith("per-") else FindPeople(search=named)
    wanted = named.casefold()
    found = [one for one in find(by_id, FoundPeople).people if wanted in {one.person_id, one.email.casefold()}]
    if not found:
        raise Rejected("unknown-person", f"Nobody with the id or address {named!r} is known.")
    return found[0]


def person_id(named: str, programme_named: str = "") -> str:
    """The id of a person named by it or by their address; an id is taken at its word."""
    return named if named.startswith("per-") else person(named, programme_named).person_id


def names(person_ids: Iterable[str]) -> dict[str, str]:
    """Name and school of these people, whatever their programme, by id; the id where somebody is not known any more."""
    wanted = list(dict.fromkeys(person_ids))
    found: dict[str, str] = {}
    for first in range(0, len(wanted), MOST_NAMES):
        query = NamePeople(person_ids=tuple(wanted[first : first + MOST_NAMES]))
        for one in find(query, NamedPeople).people:
            found[one.person_id] = f"{one.name} ({', '.join(one.schools)})" if one.schools else one.name
    return {person_id: found.get(person_id, person_id) for person_id in wanted}


def _is(row: PersonRow, named: str) -> bool:
    return named == row.person_id or named.casefold() == row.email.casefold()
