"""Imports a file of enrolments: a workbook, an OpenDocument spreadsheet or CSV."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from services.programmes.domain.enrolment.columns import SCHOOL_NAME, URN, headings, role_columns
from services.programmes.domain.enrolment.differences import differences, renamed
from services.programmes.domain.enrolment.partial import completed, silent_columns
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.table import HandRow, HandTable
from services.programmes.domain.enrolment.whole_file import looked_through, named_once, urn_of
from services.programmes.domain.enrolment.whose import names_agree
from services.programmes.domain.imports import ImportJob, Progress, Taken
from services.programmes.domain.records import Programme
from services.programmes.handlers.situations import Situation, Situations
from services.programmes.handlers.workers.imports.hand_files import (
    RowTaker,
    TakerOf,
    left_out,
    opened,
    table_of,
    without_values,
)
from services.programmes.handlers.workers.imports.importer import Opened
from services.programmes.ports.register import SchoolSearch
from shared.bus import UnitOfWork
from shared.commands.programmes import EnrolSchool

__all__ = ["EnrolmentsImporter"]

_NAMES = {"enrolment_id", "programme_id", "school_id", "urn", "version"}


@dataclass(frozen=True, slots=True)
class _File:
    """What every row of the file is read by; `agreed`: the schools in which the file gives an address one name."""

    programme: Programme
    table: HandTable
    agreed: Mapping[str, frozenset[int]]


class EnrolmentsImporter:
    """A row enrols its school, or amends the enrolment where it says something new."""

    def __init__(self, situations: Situations, schools: SchoolSearch) -> None:
        self._situations = situations
        self._schools = schools

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Read the file by the headings of the programme's form. Raises NotThisFile, Rejected("unknown-programme")."""
        programme = await self._situations.programmes.get(job.programme_id or "")
        read = await table_of(data, headings(programme.terms), URN, job)
        known = await self._schools.entries({urn for row in read.rows if (urn := urn_of(row))})
        table = await asyncio.to_thread(
            looked_through, read, programme.terms, {urn: entry.school_id for urn, entry in known.items()}
        )
        terms = programme.terms
        agreed = named_once(table, [role_columns(terms, role) for role in terms.roles])
        return opened("enrolments", table, job, self._takers(_File(programme, table, agreed)))

    def _takers(self, file: _File) -> TakerOf:
        async def taker(work: UnitOfWork) -> RowTaker:
            programme = await self._situations.programmes.get(file.programme.programme_id)

            async def take(row: HandRow) -> Progress:
                return await self._take(row, programme, file, work)

            return take

        return taker

    async def _take(self, row: HandRow, programme: Programme, file: _File, work: UnitOfWork) -> Progress:
        wish, faults = read_wish(
            row.cells, programme.programme_id, programme.terms, faults=row.faults, units=file.table.units
        )
        if wish is None:
            return left_out(row, faults)
        wish = await self._completed(wish, file)
        found = await self._situations.of(wish, programme, file.agreed)
        broken = [*await self._of_another_school(row, wish, found), *found.broken(wish)]
        if broken:
            return left_out(row, [*broken, *faults])
        return (await self._taken(row, wish, found, work)).then(without_values(row, faults))

    async def _completed(self, wish: EnrolSchool, file: _File) -> EnrolSchool:
        """The wish with what the enrolment so far says in columns that the file does not have."""
        terms = file.programme.terms
        if not silent_columns(file.table.columns, terms):
            return wish
        before = await self._situations.before(file.programme.programme_id, wish.urn)
        if before is None:
            return wish
        known = await self._situations.contacts.known((person.email for person in wish.people), before.people)
        return completed(wish, before, known, file.table.columns, terms)

    async def _taken(self, row: HandRow, wish: EnrolSchool, found: Situation, work: UnitOfWork) -> Progress:
        decision = await self._situations.take(wish, found, work)
        now = decision.enrolment
        taken = Taken(**now.model_dump(include=_NAMES), before=found.before)
        done = Progress(line=row.line, rows=1, taken=(taken,) if decision.events else ())
        if found.before is None or found.before.state == "withdrawn":
            return done.then(Progress(added=1))
        changes = (
            *differences(found.before, now),
            *renamed(now, found.people.by_id, {one.person_id: one for one in decision.people}),
        )
        if not decision.events and not changes:
            return done.then(Progress(unchanged=1))
        return done.then(Progress(changed=1, changes=changes))

    async def _of_another_school(self, row: HandRow, wish: EnrolSchool, found: Situation) -> list[Broken]:
        """`urn-and-name`: the URN is another school's than the name beside it."""
        written, school = row.cells.get(SCHOOL_NAME, "").strip(), found.standing.known.get(wish.urn)
        if school is None or SCHOOL_NAME in row.faults or names_agree(written, school.name):
            return []
        _, alike = await self._schools.search(written, "", (), limit=2, offset=0)
        hint = f" ({alike[0].school.name} has URN {alike[0].school.urn})" if len(alike) == 1 else ""
        said = f"URN {wish.urn} is {school.name}, but the name beside it is {written[:80]}{hint}."
        return [Broken("urn-and-name", f"{said} Correct the one that is wrong.", URN)]
