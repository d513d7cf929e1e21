"""Imports a file of people: those of trusts and partnerships, of their schools, and who reports to whom.

A trust that the file names and that does not take part yet is enrolled with the people whom the file names for it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.enrolment.decide import place_of
from services.programmes.domain.enrolment.people_rules import crowded
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.table import HandRow, HandTable
from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.parties.file import HEADINGS, KEY, FilePerson, looked_through, read_person
from services.programmes.domain.parties.records import PartyRecord
from services.programmes.domain.records import Programme, RoleOf
from services.programmes.handlers.commands.enrolments import EnrolmentCommands
from services.programmes.handlers.commands.lines import LineCommands
from services.programmes.handlers.commands.parties import PartyCommands, party_named
from services.programmes.handlers.commands.party_people import PartyPeopleCommands
from services.programmes.handlers.together import Together
from services.programmes.handlers.workers.imports.hand_files import RowTaker, TakerOf, left_out, opened, table_of
from services.programmes.handlers.workers.imports.importer import Opened
from shared.bus import UnitOfWork
from shared.commands.parties import DeclareRelation, EnrolTrust, NamePartyPerson
from shared.commands.programmes import AddPerson
from shared.errors import Rejected
from shared.template import Template

__all__ = ["PartiesImporter", "PartyActs"]


@dataclass(frozen=True, slots=True)
class PartyActs:
    """The commands by which a row goes in."""

    together: Together
    whole: PartyCommands
    people: PartyPeopleCommands
    enrolments: EnrolmentCommands
    lines: LineCommands


class PartiesImporter:
    """A row names somebody for a role, and says whom they report to."""

    def __init__(self, acts: PartyActs) -> None:
        self._acts = acts
        self._together = acts.together

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by its headings. Raises NotThisFile, Rejected("unknown-programme")."""
        programme = await self._together.situations.programmes.get(job.programme_id or "")
        table = await asyncio.to_thread(looked_through, await table_of(data, HEADINGS, KEY, job))
        return opened("parties", table, job, self._takers(programme.programme_id, table), apart=False)

    def _takers(self, programme_id: str, table: HandTable) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            programme = await self._together.situations.programmes.get(programme_id)
            template = programme.template if isinstance(programme.template, Template) else None
            read = {row.line: read_person(row, programme.terms, template) for row in table.rows if not row.problem}
            everybody = [one for one, _ in read.values() if one]

            async def take(row: HandRow) -> Progress:
                person, faults = read[row.line]
                if person is None:
                    return left_out(row, faults)
                already = len(work.outgoing)
                done = await self._take(person, programme, everybody, work)
                if isinstance(done, Broken):
                    return left_out(row, [done])
                fresh = len(work.outgoing) > already
                return Progress(line=row.line, rows=1, added=fresh, unchanged=not fresh)

            return take

        return taker

    async def _take(
        self, person: FilePerson, programme: Programme, everybody: Sequence[FilePerson], work: UnitOfWork
    ) -> Broken | None:
        await self._enrolled(person, programme, everybody, work)
        if broken := await self._elsewhere(person, programme):
            return broken
        await self._name(person, programme, work)
        if person.reports_to:
            for other in everybody:
                if address_key(other.details.email) == person.reports_to:
                    await self._enrolled(other, programme, everybody, work)
                    await self._name(other, programme, work)
            await self._report(person, programme, work)
        return None

    async def _enrolled(
        self, person: FilePerson, programme: Programme, everybody: Sequence[FilePerson], work: UnitOfWork
    ) -> None:
        """Enrol a trust that the file names and that does not take part, with its people in the file."""
        if not person.party or programme.terms.party != "trust":
            return
        try:
            await party_named(self._together, programme, person.party)
        except Rejected:
            theirs = [one for one in everybody if one.party.casefold() == person.party.casefold() and one.urn is None]
            people = tuple(one.details for one in theirs)
            command = EnrolTrust(programme_id=programme.programme_id, trust=person.party, people=people)
            await self._acts.whole.enrol_trust(command, work)

    async def _elsewhere(self, person: FilePerson, programme: Programme) -> Broken | None:
        """`other-trust`, `role-twice`: the school is of another party, or has somebody in the role already."""
        if person.urn is None:
            return None
        enrolment = await self._together.situations.before(programme.programme_id, person.urn)
        school_id = enrolment.school_id if enrolment else ""
        if person.party:
            party = await party_named(self._together, programme, person.party)
            if school_id not in party.school_ids:
                return Broken("other-trust", await self._of_whom(person, party, programme, school_id), KEY)
        return await self._held(person, programme, school_id)

    async def _of_whom(self, person: FilePerson, party: PartyRecord, programme: Programme, school_id: str) -> str:
        others = [one.name for one in await self._together.of_school(programme, school_id)] if school_id else []
        instead = f"it is of {others[0]}" if others else "`kindred schools show` says of which trust it is"
        return f"The school with URN {person.urn} is not of {party.name}; {instead}."

    async def _held(self, person: FilePerson, programme: Programme, school_id: str) -> Broken | None:
        there = await self._together.people.at_school(programme.programme_id, school_id)
        place = RoleOf(role=person.details.role, **place_of(school_id, programme.programme_id))
        said = crowded(place, person.details.email, there, programme.terms)
        return Broken("role-twice", said, "Role") if said else None

    async def _name(self, person: FilePerson, programme: Programme, work: UnitOfWork) -> None:
        if person.urn is not None:
            add = AddPerson(programme_id=programme.programme_id, urn=person.urn, person=person.details)
            await self._acts.enrolments.add_person(add, work)
            return
        command = NamePartyPerson(programme_id=programme.programme_id, party=person.party, person=person.details)
        await self._acts.people.name(command, work)

    async def _report(self, person: FilePerson, programme: Programme, work: UnitOfWork) -> None:
        """The relation that leads from the person's role to a role of the other, or from that one to them."""
        template = programme.template
        relations = template.relations if isinstance(template, Template) else ()
        other = next(iter(await self._together.people.concerned([person.reports_to], ())), None)
        if other is None:
            said = f"Nobody in this programme or file has the address {person.reports_to}, under 'Reports to'."
            raise Rejected("unknown-person", said)
        theirs = {one.role for one in other.roles if one.programme_id == programme.programme_id}
        role, ends = person.details.role, (person.details.email, person.reports_to)
        for one in relations:
            onward = one.from_role == role and one.to_role in theirs
            if onward or (one.to_role == role and one.from_role in theirs):
                who, to = ends if onward else ends[::-1]
                command = DeclareRelation(programme_id=programme.programme_id, relation=one.key, person=who, to=to)
                await self._acts.lines.declare(command, work)
                return
        title = programme.terms.title_of(role)
        raise Rejected("no-relation", f"In this programme no {title} reports to anybody in a role of {other.name}.")
