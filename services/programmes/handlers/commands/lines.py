"""Commands about who stands in which relation to whom."""

import datetime as dt

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.memberships import whom
from services.programmes.domain.parties.lines import declare, end
from services.programmes.domain.parties.records import RelationRecord, relation_id
from services.programmes.domain.parties.schools import refuse_unless_under_way
from services.programmes.domain.records import Person, Programme
from services.programmes.handlers.lines import Lines, roles_of
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.parties import DeclareRelation, EndRelation
from shared.errors import Rejected
from shared.template import Template

__all__ = ["LineCommands"]


class LineCommands:
    """One method a command."""

    def __init__(self, programmes: Programmes, parties: Parties, people: People, lines: Lines) -> None:
        self._programmes = programmes
        self._parties = parties
        self._people = people
        self._lines = lines

    async def declare(self, command: DeclareRelation, work: UnitOfWork) -> Done:
        """Somebody stands in a relation to somebody else. Raises Rejected, with the names of a circle."""
        programme, template = await self._programme(command.programme_id)
        person, to = await self._both(programme, command.person, command.to)
        standing = await self._parties.relations(programme.programme_id)
        ids = {one for each in standing for one in (each.from_person, each.to_person)}
        known = [*await self._people.concerned((), ids), person, to]
        wanted = RelationRecord(
            relation_id=relation_id(programme.programme_id, command.relation, person.person_id, to.person_id),
            programme_id=programme.programme_id,
            relation=command.relation,
            from_person=person.person_id,
            to_person=to.person_id,
            since=command.since or programme.today(work.now),
            until=command.until,
        )
        decision = declare(
            wanted,
            template,
            roles={one.person_id: roles_of(one, programme.programme_id) for one in (person, to)},
            standing=standing,
            names={one.person_id: one.name for one in known},
        )
        await self._lines.keep(decision, work)
        said = f"{person.name} stands in '{command.relation}' to {to.name} from {wanted.since:%d/%m/%Y} on."
        version = decision.relations[0].version if decision.relations else 1
        return Done(id=wanted.relation_id, version=version, sentence=said)

    async def end(self, command: EndRelation, work: UnitOfWork) -> Done:
        """A relation stands no longer."""
        programme, _ = await self._programme(command.programme_id)
        person, to = await self._both(programme, command.person, command.to)
        key = relation_id(programme.programme_id, command.relation, person.person_id, to.person_id)
        standing = await self._parties.relations(programme.programme_id)
        until: dt.date = command.until or programme.today(work.now)
        decision = end(next((one for one in standing if one.relation_id == key), None), until)
        await self._lines.keep(decision, work)
        said = f"{person.name} stands in '{command.relation}' to {to.name} no more from {until:%d/%m/%Y} on."
        return Done(id=key, version=decision.relations[0].version, sentence=said)

    async def _programme(self, programme_id: str) -> tuple[Programme, Template]:
        programme = await self._programmes.get(programme_id)
        if not isinstance(programme.template, Template):
            raise Rejected("unknown-relation", f"'{programme.name}' has no relations between people.")
        refuse_unless_under_way(programme)
        return programme, programme.template

    async def _both(self, programme: Programme, one: str, other: str) -> tuple[Person, Person]:
        named = [text.strip() for text in (one, other)]
        ids = [text for text in named if "@" not in text]
        found = await self._people.concerned([text for text in named if "@" in text], ids)
        first, second = (_who(programme, text, found) for text in named)
        return first, second


def _who(programme: Programme, text: str, people: list[Person]) -> Person:
    known = Known.of(people)
    found = whom(text, known)
    assert found is not None
    person = known.by_id[found]
    if not roles_of(person, programme.programme_id):
        raise Rejected("unknown-person", f"{person.name} has no role in '{programme.name}'.")
    return person
