"""Render workers as the service sees them: a report goes in, files come out, or a clear failure within a set time."""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from services.reporting.domain.reports.kinds import Rendered, Report
from services.reporting.ports.renderer import RenderError
from services.reporting.render import frames

ROOT = Path(__file__).parents[3]
ATTEMPTS = 2
RECYCLED_AFTER = 500


class _WorkerGoneError(Exception):
    """The worker hung or died; another may do better."""


class _Worker:
    """One worker process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.done = 0

    async def ask(self, request: bytes, seconds: float) -> Rendered:
        """Have one report rendered."""
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(request)
        except TimeoutError:
            raise _WorkerGoneError(f"It took longer than {seconds:g} seconds.") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            raise _WorkerGoneError("The renderer stopped in the middle of it.") from None

    async def _ask(self, request: bytes) -> Rendered:
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:
            raise ConnectionError
        target.write(frames.packed(request))
        await target.drain()
        answer = json.loads(await frames.receive(source))
        if "refused" in answer:
            raise RenderError("The report cannot be set as an accessible PDF.", answer["refused"])
        files = {name: await frames.receive(source) for name in answer["formats"]}
        self.done += 1
        return Rendered(files, answer["pages"])

    async def end(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class RenderPool:
    """A few workers, started when first needed and replaced when they hang, die or grow old."""

    def __init__(
        self, workers: int = 2, seconds: float = 30, megabytes: int = 1536, program: Sequence[str] | None = None
    ) -> None:
        self._seconds = seconds
        self._program = program or (sys.executable, "-m", "services.reporting.render.worker", str(megabytes))
        self._free: asyncio.Queue[_Worker | None] = asyncio.Queue()
        for _ in range(workers):
            self._free.put_nowait(None)
        self._workers = workers

    async def render(self, report: Report) -> Rendered:
        """Render, once more on a fresh worker after a hang or crash; raises RenderError."""
        request = report.model_dump_json().encode()
        why = ""
        for _ in range(ATTEMPTS):
            try:
                return await self._once(request)
            except _WorkerGoneError as gone:
                why = str(gone)
        raise RenderError(f"The report could not be made. {why}")

    async def _once(self, request: bytes) -> Rendered:
        worker = await self._free.get()
        keep: _Worker | None = None
        try:
            worker = worker or await self._started()
            made = await worker.ask(request, self._seconds)
        except RenderError:
            keep = worker
            raise
        else:
            keep = worker if worker.done < RECYCLED_AFTER else None
            return made
        finally:
            try:
                if worker is not None and keep is None:
                    await worker.end()
            finally:
                self._free.put_nowait(keep)  # or `close` would wait for it for ever

    async def _started(self) -> _Worker:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._program, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT, limit=1 << 20
        )
        return _Worker(process)

    async def close(self) -> None:
        """End all workers; waits for none that is at work longer than its time allows."""
        for _ in range(self._workers):
            worker = await self._free.get()
            if worker is not None:
                await worker.end()
