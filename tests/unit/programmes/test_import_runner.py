"""How imports are carried out: step by step, taken up where they stopped, given up in a sentence; on memory alone."""

import asyncio
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pymongo.errors import AutoReconnect, OperationFailure

from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.handlers.workers.imports.importer import BatchSize, Opened
from services.programmes.handlers.workers.imports.register import RegisterImporter
from services.programmes.handlers.workers.imports.runner import Runner
from tests.fakes import FakeClock, FakeWork
from tests.fakes.bus import MemoryUploads
from tests.fakes.programmes.imports import MemoryImports
from tests.waiting import until


class TenRows:
    """An importer of ten rows, one a step; `fails` says at which row, and how often."""

    def __init__(self, fails: dict[int, list[BaseException]] | None = None) -> None:
        self.fails = fails or {}
        self.opened_at: list[int] = []
        self.size = BatchSize(8)
        self.taken: list[int] = []

    async def open(self, job, data):
        self.opened_at.append(job.line)
        assert data == b"ten rows"
        rows = iter([self.row(line) for line in range(job.line + 1, 11)])
        return Opened("ten", 10, rows, self.finish, smaller=self.size.halve)

    def row(self, line):
        async def step(_work):
            if self.fails.get(line):
                raise self.fails[line].pop()
            self.taken.append(line)
            return Progress(line=line, rows=1, added=1)

        return step

    async def finish(self, job, _work):
        return Progress().finished(f"{job.added} rows are in.")


class Office:
    """A runner with one import to carry out."""

    def __init__(self, importer: TenRows) -> None:
        self.imports, self.uploads = MemoryImports(), MemoryUploads()
        self.pauses: list[float] = []
        self.clock = FakeClock()
        self.runner = Runner(
            self.imports, {"register": importer}, owner="own-a", lease_seconds=10, clock=self.clock, pause=self.pause
        )
        key = self.uploads.put(b"ten rows")
        self.job = ImportJob(import_id="imp-1", asked_kind="register", upload=key, filename="f", actor="coral")
        self.actors: set[str] = set()

    async def pause(self, seconds):
        self.pauses.append(seconds)

    async def transact(self, work, actor=""):
        self.actors.add(actor)
        return await work(FakeWork(actor=actor))

    async def carried_out(self):
        await self.imports.add(self.job)
        task = asyncio.create_task(self.runner.run(self.transact, self.uploads))
        try:
            await until(lambda: task.done() or self.imports.kept["imp-1"].state != "running", every=0.001)
            if task.done():
                await task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, AutoReconnect):
                await task
        return self.imports.kept["imp-1"]


async def test_an_import_goes_in_step_by_step_in_the_name_of_who_asked():
    importer = TenRows()
    office = Office(importer)
    job = await office.carried_out()
    assert (job.state, job.kind, job.sentence) == ("done", "ten", "10 rows are in.")
    assert (job.rows_done, job.rows_total, job.added) == (10, 10, 10)
    assert importer.taken == list(range(1, 11))
    assert office.actors == {"coral"}


async def test_after_a_failure_it_goes_on_after_the_last_row_that_is_in():
    importer = TenRows({4: [RuntimeError("stumbled"), RuntimeError("stumbled")]})
    office = Office(importer)
    job = await office.carried_out()
    assert (job.state, job.added) == ("done", 10)
    assert importer.opened_at == [0, 3, 3]
    assert importer.taken == list(range(1, 11))
    assert office.pauses == [2.0, 4.0]


async def test_what_fails_six_times_is_given_up_in_a_sentence():
    office = Office(TenRows({4: [RuntimeError("broken")] * 6}))
    job = await office.carried_out()
    assert (job.state, job.added) == ("refused", 3)
    assert job.sentence == "The import stopped after line 3 because of a fault of ours; the rows before are in."
    assert office.pauses == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


async def test_an_upload_that_is_gone_is_said():
    office = Office(TenRows())
    office.uploads.files.clear()
    job = await office.carried_out()
    assert (job.state, job.sentence) == ("refused", "There is no upload upl-1; uploads are kept for a day.")


async def test_where_another_replica_got_further_it_lets_go_and_counts_nothing():
    class Overtaken(TenRows):
        def row(self, line):
            async def step(work):
                if line == 3:
                    job = office.imports.kept["imp-1"]
                    ahead = await office.imports.advance(job, Progress(line=9, rows=7, added=7), None)
                    await office.imports.advance(ahead, Progress(line=10, rows=1).finished("Done elsewhere."), None)
                return await TenRows.row(self, line)(work)

            return step

    office = Office(Overtaken())
    job = await office.carried_out()
    assert (job.state, job.sentence, job.rows_done) == ("done", "Done elsewhere.", 10)
    assert office.pauses == []


async def test_while_mongodb_is_away_it_is_left_to_be_started_again():
    importer = TenRows({2: [AutoReconnect("away")]})
    office = Office(importer)
    with pytest.raises(AutoReconnect):
        await office.carried_out()
    assert office.imports.kept["imp-1"].state == "running"
    assert (importer.taken, office.pauses) == ([1], [])


@pytest.mark.parametrize("code", [251, 290])  # NoSuchTransaction, TransactionExceededLifetimeLimitSeconds
async def test_after_a_step_that_lasted_too_long_the_next_are_smaller(code):
    ended = OperationFailure("Transaction has been aborted", code, {"errorLabels": ["TransientTransactionError"]})
    importer = TenRows({4: [ended, ended], 6: [OperationFailure("Plan executor error", 96)]})
    office = Office(importer)
    await office.imports.add(office.job)
    for rows in (4, 2, 2):
        with pytest.raises(OperationFailure):
            await office.runner.carry_out(office.imports.kept["imp-1"], office.transact, office.uploads)
        assert importer.size.rows == rows
    job = await office.runner.carry_out(office.imports.kept["imp-1"], office.transact, office.uploads)
    assert (job.state, job.added) == ("done", 10)


async def test_a_step_has_one_row_at_least():
    size = BatchSize(3)
    size.halve()
    size.halve()
    assert size.rows == 1


async def test_the_register_goes_in_by_fewer_rows_once_a_step_lasted_too_long():
    async def nothing():
        return {}

    kept: Any = SimpleNamespace(links=nothing, pinned=nothing)
    importer = RegisterImporter(kept, kept, kept, kept, batch=20)
    data = (Path(__file__).parents[3] / "data" / "schools-closed.csv").read_bytes()
    job = ImportJob(import_id="imp-1", asked_kind="register", upload="u", filename="f", actor="coral")
    before = len(list((await importer.open(job, data)).steps))
    again = await importer.open(job, data)
    again.smaller()
    assert len(list(again.steps)) == pytest.approx(2 * before, abs=1)
