"""Imports the school register: schools, closed schools or links."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.register.decisions import ids_to_change, take_links, take_schools
from services.programmes.domain.register.layout import FileKind
from services.programmes.domain.register.links import ids_for, roots
from services.programmes.domain.register.reader import Entry, RegisterFile, open_register
from services.programmes.domain.register.report import summary_of
from services.programmes.handlers.workers.imports.following import Following
from services.programmes.handlers.workers.imports.following_trusts import TrustFollowing
from services.programmes.handlers.workers.imports.importer import BatchSize, Opened, Step
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import SchoolImports
from shared.bus import UnitOfWork
from shared.events.programmes import RegisterImported
from shared.tables.formats import unpacked
from shared.tables.text import count_lines

__all__ = ["RegisterImporter"]

_DOUBT = "Download it again; taken in as it is, dates that can be read either way are left as they were."


class RegisterImporter:
    """Saves a batch of rows a transaction."""

    def __init__(
        self, schools: SchoolImports, enrolled: Enrolled, programmes: Programmes, trusts: TrustFollowing, batch: int
    ) -> None:
        self._schools = schools
        self._enrolled = enrolled
        self._following = Following(schools, enrolled, programmes)
        self._trusts = trusts
        self._size = BatchSize(batch)

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Recognise the file by its header."""
        data = await asyncio.to_thread(unpacked, data)
        file = await asyncio.to_thread(open_register, data)
        total = await asyncio.to_thread(count_lines, data)
        seen = set[int]()
        file = replace(file, entries=_noted(file.entries, seen))
        steps = self._link_steps(file, job) if file.kind is FileKind.LINKS else await self._school_steps(file, job)
        missing = (
            f"The file has no column {', '.join(file.missing)}; what is known from it stays." if file.missing else ""
        )
        doubt = f"Its dates are in doubt: {file.doubt}. {_DOUBT}" if file.doubt else ""

        async def finish(job: ImportJob, work: UnitOfWork) -> Progress:
            done = await self._finish(job, work)
            gone = await self._following.missing(seen) if file.kind is FileKind.SCHOOLS else ()
            return replace(done, notes=(*done.notes, *gone, *file.passed.sentences()))

        return Opened(
            file.kind.value,
            max(total - 1, 1),
            steps,
            finish,
            notes=(missing,) if missing else (),
            questions=(doubt,) if doubt else (),
            header=file.header,
            smaller=self._size.halve,
        )

    async def _school_steps(self, file: RegisterFile, job: ImportJob) -> Iterator[Step]:
        first, pinned = roots(await self._schools.links()), await self._enrolled.pinned()
        return (self._save_schools(batch, file.stated, (first, pinned), job) for batch in self._batches(file, job))

    def _link_steps(self, file: RegisterFile, job: ImportJob) -> Iterator[Step]:
        return (self._save_links(batch) for batch in self._batches(file, job))

    def _batches(self, file: RegisterFile, job: ImportJob) -> Iterator[list[Entry]]:
        left = (entry for entry in file.entries if entry.line > job.line)
        while batch := list(islice(left, self._size.rows)):
            yield batch

    def _save_schools(
        self, batch: list[Entry], stated: frozenset[str], lineage: tuple[dict[int, int], dict[int, str]], job: ImportJob
    ) -> Step:
        urns = [entry.school.urn for entry in batch if entry.school]
        ids = ids_for(urns, *lineage)

        async def step(work: UnitOfWork) -> Progress:
            before = await self._schools.entries(urns)
            taken = take_schools(batch, before, ids, stated=stated, import_id=job.import_id, now=work.now)
            await self._schools.put_entries(taken.new, taken.changed)
            await self._schools.put_history(taken.history)
            followed = await self._following.batch((*taken.new, *taken.changed), before, work)
            came = await self._trusts.batch((*taken.new, *taken.changed), work)
            return taken.progress.then(followed).then(came)

        return step

    def _save_links(self, batch: list[Entry]) -> Step:
        ends = {urn for entry in batch if entry.link for urn in (entry.link.predecessor, entry.link.successor)}

        async def step(_work: UnitOfWork) -> Progress:
            taken = take_links(batch, await self._schools.links(ends))
            await self._schools.put_links(taken.links)
            return taken.progress

        return step

    async def _finish(self, job: ImportJob, work: UnitOfWork) -> Progress:
        followed = await self._identify(work) if job.kind == FileKind.LINKS.value else Progress()
        event = RegisterImported(
            version=1,
            import_id=job.import_id,
            kind=job.kind,
            added=job.added,
            changed=job.changed,
            unchanged=job.unchanged,
            rejected=job.rejected,
        )
        work.publish(event)
        return followed.finished(summary_of(job))

    async def _identify(self, work: UnitOfWork) -> Progress:
        """Links may arrive after their schools: what is one school gets one id, unless its id is known outside."""
        links = await self._schools.links()
        known = await self._schools.school_ids({urn for link in links for urn in (link.predecessor, link.successor)})
        were = await self._following.standing()
        await self._schools.identify(ids_to_change(links, await self._enrolled.pinned(), known))
        return await self._following.identified(were, work)


def _noted(entries: Iterator[Entry], seen: set[int]) -> Iterator[Entry]:
    """The entries as they come; their URNs are put into `seen`."""
    for entry in entries:
        if entry.school is not None:
            seen.add(entry.school.urn)
        yield entry
