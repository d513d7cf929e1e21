"""Carries out imports one after the other. After a crash an import resumes after the last line that was committed.

Each step commits its rows together with the line it reached, so a step is done once or not at all. An import belongs to
the replica that renewed its lease last; progress is compared and set, so two replicas never count a row twice.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from services.programmes.domain.imports import ImportJob, Progress, Superseded
from services.programmes.handlers.workers.imports.importer import Importer, Opened, Step
from services.programmes.ports.imports import Imports, Transact, Uploads
from shared import telemetry
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.errors import Permanent, Rejected
from shared.mongo import aborted, unavailable
from shared.tables.problems import NotThisFile

__all__ = ["Runner"]

_log = telemetry.logger("kindred.programmes")
_IDLE_SECONDS = 1.0
_SOON_SECONDS, _SOON_TIMES = 0.05, 20
"""After somebody has asked: how long to wait for what they asked to be committed, and how often."""
_MOST_TRIES = 6
_WAITS = (
    "Nothing has gone in yet, because not all of the file was understood. Mend it, or say that it goes in as it is."
)
_CHECKED = "The file was checked. Nothing has gone in yet."


class Runner:
    """The background task; `pause` is what it waits with after a failure."""

    def __init__(
        self,
        imports: Imports,
        importers: Mapping[str, Importer],
        *,
        owner: str,
        lease_seconds: float,
        clock: Clock,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._imports = imports
        self._importers = importers
        self._owner = owner
        self._lease = dt.timedelta(seconds=lease_seconds)
        self._clock = clock
        self._pause = pause
        self._wake = asyncio.Event()
        self._soon = 0
        self._tries: dict[str, int] = {}

    def wake(self) -> None:
        """Look for work as soon as what was asked is committed."""
        self._soon = _SOON_TIMES
        self._wake.set()

    async def run(self, transact: Transact, uploads: Uploads) -> None:
        """Carry out imports until this task is cancelled."""
        while True:
            self._wake.clear()
            job = await self._imports.claim(self._owner, self._clock.now(), self._until())
            if job is not None:
                self._soon = 0
                with telemetry.traced("import", correlation_id=job.import_id):
                    await self._try(job, transact, uploads)
                continue
            self._soon = max(0, self._soon - 1)
            try:
                async with asyncio.timeout(_SOON_SECONDS if self._soon else _IDLE_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _try(self, job: ImportJob, transact: Transact, uploads: Uploads) -> None:
        try:
            ended = await self.carry_out(job, transact, uploads)
            _log.debug("import_ended", import_id=job.import_id, state=ended.state, rows=ended.line)
        except Superseded:
            _log.info("import_elsewhere", import_id=job.import_id)
        except Exception as error:
            if unavailable(error):
                raise
            tries = self._tries[job.import_id] = self._tries.get(job.import_id, 0) + 1
            _log.exception("import_stopped", import_id=job.import_id, tries=tries)
            if tries >= _MOST_TRIES:
                await self._refuse(await self._imports.get(job.import_id), transact)
            await self._pause(min(2.0**tries, 30.0))

    async def carry_out(self, job: ImportJob, transact: Transact, uploads: Uploads) -> ImportJob:
        """Carry out one import from the line it has reached to its end."""
        try:
            data = await uploads.get(job.upload)
            opened = await self._importers[job.asked_kind].open(job, data)
        except (NotThisFile, Rejected, Permanent) as error:
            sentence = getattr(error, "sentence", str(error))
            return await self._advance(job, Progress(state="refused", sentence=sentence), transact)
        begun = Progress(
            kind=opened.kind, total=opened.total, notes=opened.notes, header=opened.header, names=opened.names
        )
        if opened.questions and not job.accept_unread:
            waits = replace(begun, state="refused", sentence=_WAITS, questions=opened.questions)
            return await self._advance(job, waits, transact)
        begun = replace(begun, notes=(*opened.notes, *opened.questions))
        job = await self._advance(job, begun, transact)
        try:
            return await (self._tried if job.check else self._steps)(job, opened, transact)
        except Exception as error:
            if aborted(error):
                _log.info("import_steps_halved", import_id=job.import_id)
                opened.smaller()
            raise

    async def _steps(self, job: ImportJob, opened: Opened, transact: Transact) -> ImportJob:
        async with aclosing(_ahead(opened.steps)) as steps:
            async for step in steps:
                job = await self._step(job, step, transact)

        async def last(work: UnitOfWork) -> ImportJob:
            return await self._imports.advance(job, await opened.finish(job, work), None)

        return await transact(last, job.actor)

    async def _tried(self, job: ImportJob, opened: Opened, transact: Transact) -> ImportJob:
        """Carry out each step and take it back: what it came to is noted, and nothing has gone in."""
        together: list[Step] = []
        async with aclosing(_ahead(opened.steps)) as steps:
            async for step in steps:
                together.append(step)
                if opened.apart:
                    job = await self._advance(job, await _taken_back(together, transact), transact)
                    together = []
        if together:
            job = await self._advance(job, await _taken_back(together, transact), transact)
        return await self._advance(job, Progress().finished(_CHECKED), transact)

    async def _step(self, job: ImportJob, step: Step, transact: Transact) -> ImportJob:
        async def one(work: UnitOfWork) -> ImportJob:
            return await self._imports.advance(job, await step(work), self._until())

        return await transact(one, job.actor)

    async def _advance(self, job: ImportJob, progress: Progress, transact: Transact) -> ImportJob:
        async def note(_work: UnitOfWork) -> ImportJob:
            return await self._imports.advance(job, progress, self._until())

        return await transact(note, job.actor)

    async def _refuse(self, job: ImportJob, transact: Transact) -> None:
        sentence = f"The import stopped after line {job.line} because of a fault of ours; the rows before are in."
        await self._advance(job, Progress(state="refused", sentence=sentence), transact)

    def _until(self) -> dt.datetime:
        return self._clock.now() + self._lease


class _TriedError(Exception):
    """Ends a transaction whose result is only looked at."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


async def _taken_back(steps: Sequence[Step], transact: Transact) -> Progress:
    async def try_out(work: UnitOfWork) -> Progress:
        done = Progress()
        for step in steps:
            done = done.then(await step(work))
        raise _TriedError(done)

    try:
        return await transact(try_out)
    except _TriedError as tried:
        return replace(tried.progress, taken=())


async def _ahead(steps: Iterator[Step]) -> AsyncGenerator[Step, None]:
    """The steps. A thread prepares each one while the one before is saved."""
    coming = asyncio.create_task(asyncio.to_thread(next, steps, None))
    try:
        while (step := await coming) is not None:
            coming = asyncio.create_task(asyncio.to_thread(next, steps, None))
            yield step
    finally:
        coming.cancel()
