"""Imports the school register: schools, closed schools or links."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.register.doubts import misread
from services.programmes.domain.register.entry import FieldChange, merged
from services.programmes.domain.register.layout import FileKind
from services.programmes.domain.register.links import Link, ids_for, roots
from services.programmes.domain.register.reader import Entry, RegisterFile, open_register
from services.programmes.domain.register.report import (
    garbled_values,
    problem_rows,
    rows_to_mend,
    shown_changes,
    summary_of,
)
from services.programmes.domain.register.school import Change
from services.programmes.domain.tables.text import count_lines
from services.programmes.files.formats import unpacked
from services.programmes.handlers.workers.imports.importer import Opened, Step
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.register import SchoolImports
from shared.bus import UnitOfWork
from shared.events.programmes import RegisterImported

__all__ = ["RegisterImporter"]

_DOUBT = "Download it again; taken in as it is, dates that can be read either way are left as they were."


class RegisterImporter:
    """Saves a batch of rows a transaction."""

    def __init__(self, schools: SchoolImports, enrolled: Enrolled, batch: int) -> None:
        self._schools = schools
        self._enrolled = enrolled
        self._batch = batch

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Recognise the file by its header."""
        data = await asyncio.to_thread(unpacked, data)
        file = await asyncio.to_thread(open_register, data)
        total = await asyncio.to_thread(count_lines, data)
        steps = self._link_steps(file, job) if file.kind is FileKind.LINKS else await self._school_steps(file, job)
        missing = (
            f"The file has no column {', '.join(file.missing)}; what is known from it stays." if file.missing else ""
        )
        doubt = f"Its dates are in doubt: {file.doubt}. {_DOUBT}" if file.doubt else ""

        async def finish(job: ImportJob, work: UnitOfWork) -> Progress:
            return replace(await self._finish(job, work), notes=file.passed.sentences())

        return Opened(
            file.kind.value,
            max(total - 1, 1),
            steps,
            finish,
            notes=(missing,) if missing else (),
            questions=(doubt,) if doubt else (),
            header=file.header,
        )

    async def _school_steps(self, file: RegisterFile, job: ImportJob) -> Iterator[Step]:
        first, pinned = roots(await self._schools.links()), await self._enrolled.pinned()
        return (self._save_schools(batch, file.told, (first, pinned), job) for batch in self._batches(file, job))

    def _link_steps(self, file: RegisterFile, job: ImportJob) -> Iterator[Step]:
        return (self._save_links(batch) for batch in self._batches(file, job))

    def _batches(self, file: RegisterFile, job: ImportJob) -> Iterator[list[Entry]]:
        left = (entry for entry in file.entries if entry.line > job.line)
        while batch := list(islice(left, self._batch)):
            yield batch

    def _save_schools(
        self, batch: list[Entry], told: frozenset[str], lineage: tuple[dict[int, int], dict[int, str]], job: ImportJob
    ) -> Step:
        schools = [entry.school for entry in batch if entry.school]
        unsure = {entry.school.urn: entry.unsure for entry in batch if entry.school}
        ids = ids_for((school.urn for school in schools), *lineage)

        async def step(work: UnitOfWork) -> Progress:
            before = await self._schools.entries(school.urn for school in schools)
            garbled = {s.urn: misread(before[s.urn].school, s) for s in schools if s.urn in before}
            outcome = [
                (
                    s.urn,
                    *merged(before.get(s.urn), s, ids[s.urn], told - unsure[s.urn] - garbled.get(s.urn, frozenset())),
                )
                for s in schools
            ]
            new = [entry for urn, entry, _ in outcome if urn not in before]
            moved = [entry for urn, entry, _ in outcome if urn in before and entry != before[urn]]
            changes = [(urn, change) for urn, _, found in outcome for change in found]
            await self._schools.put_entries(new, moved)
            await self._schools.put_history([FieldChange(u, job.import_id, work.now, change) for u, change in changes])
            done = _counted(batch, added=len(new), changed=len({urn for urn, _ in changes}), changes=changes)
            return done.then(Progress(problems=garbled_values(batch, garbled)))

        return step

    def _save_links(self, batch: list[Entry]) -> Step:
        links = [entry.link for entry in batch if entry.link]

        async def step(_work: UnitOfWork) -> Progress:
            ends = {urn for link in links for urn in (link.predecessor, link.successor)}
            known = {_same(link): link for link in await self._schools.links(ends)}
            fresh: dict[tuple[int, int, str], Link] = {}
            added = changes = 0
            for link in links:
                old = fresh.get(_same(link)) or known.get(_same(link))
                if old is None or (link.since and link.since != old.since):
                    fresh[_same(link)] = link
                    added += old is None
                    changes += old is not None
            await self._schools.put_links(list(fresh.values()))
            return _counted(batch, added=added, changed=changes, changes=[])

        return step

    async def _finish(self, job: ImportJob, work: UnitOfWork) -> Progress:
        if job.kind == FileKind.LINKS.value:
            await self._identify()
        told = RegisterImported(
            version=1,
            import_id=job.import_id,
            kind=job.kind,
            added=job.added,
            changed=job.changed,
            unchanged=job.unchanged,
            rejected=job.rejected,
        )
        work.publish(told)
        return Progress().finished(summary_of(job))

    async def _identify(self) -> None:
        """Links may arrive after their schools: what is one school gets one id, unless its id is known outside."""
        links = await self._schools.links()
        linked = {urn for link in links for urn in (link.predecessor, link.successor)}
        ids = ids_for(linked, roots(links), await self._enrolled.pinned())
        now = await self._schools.school_ids(linked)
        await self._schools.identify({urn: ids[urn] for urn, known in now.items() if known != ids[urn]})


def _same(link: Link) -> tuple[int, int, str]:
    return link.predecessor, link.successor, link.kind


def _counted(batch: list[Entry], *, added: int, changed: int, changes: list[tuple[int, Change]]) -> Progress:
    taken = sum(1 for entry in batch if entry.school or entry.link)
    return Progress(
        line=batch[-1].line,
        rows=len(batch),
        added=added,
        changed=changed,
        unchanged=taken - added - changed,
        rejected=len(batch) - taken,
        problems=problem_rows(batch),
        problem_rows=rows_to_mend(batch),
        changes=shown_changes(changes),
    )
