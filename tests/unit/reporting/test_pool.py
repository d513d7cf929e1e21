"""Render workers: a hang, a crash or too much memory ends one worker, never the service."""

import asyncio
import sys
import time

import pytest

from services.reporting.ports.renderer import RenderError
from services.reporting.render.pool import RenderPool, _Worker
from tests.unit.reporting import samples
from tests.waiting import patience

LIMITED = (
    "from services.reporting.render.worker import limit_memory; limit_memory({megabytes}); "
    "import sys; sys.stdin.buffer.read(1); x = bytearray({bytes}); sys.stdout.write('allocated'); sys.stdout.flush()"
)


def program(code):
    return (sys.executable, "-c", code)


@pytest.fixture
async def pool():
    made = RenderPool(workers=2, seconds=patience(30))
    yield made
    await made.close()


async def test_reports_come_out_in_every_format_and_the_same_each_time(pool):
    kinds = [samples.action_plan(), samples.appraisal(), samples.impact()]
    first = [await pool.render(report) for report in kinds]
    assert [list(made.files) for made in first] == [["pdf", "html", "xlsx"], ["pdf", "html"], ["pdf", "html"]]
    assert all(made.files["pdf"].startswith(b"%PDF-1.") for made in first)
    assert await asyncio.gather(*map(pool.render, kinds)) == first


async def test_a_hang_is_ended_tried_once_more_and_told():
    pool = RenderPool(workers=1, seconds=0.3, program=program("import time; time.sleep(3600)"))
    started = time.monotonic()
    with pytest.raises(RenderError) as failed:
        await pool.render(samples.appraisal())
    assert failed.value.sentence == "The report could not be made. It took longer than 0.3 seconds."
    assert 0.6 <= time.monotonic() - started < patience(45), "far less than the hour that it would hang"
    await pool.close()


async def test_a_crash_is_told():
    pool = RenderPool(workers=1, program=program("import os; os.kill(os.getpid(), 11)"))
    with pytest.raises(RenderError) as failed:
        await pool.render(samples.appraisal())
    assert failed.value.sentence == "The report could not be made. The renderer stopped in the middle of it."
    await pool.close()


async def test_nonsense_from_a_worker_is_told():
    pool = RenderPool(workers=1, program=program("print('x' * 100)"))
    with pytest.raises(RenderError):
        await pool.render(samples.appraisal())
    await pool.close()


async def test_the_next_report_is_made_after_a_worker_was_killed(pool):
    first = await pool.render(samples.appraisal())
    for worker in list(pool._free._queue):
        if worker is not None:
            worker._process.kill()
    assert await pool.render(samples.appraisal()) == first


@pytest.mark.parametrize(("megabytes", "allocated"), [(4000, True), (300, False)])
async def test_a_worker_cannot_take_more_memory_than_it_may(megabytes, allocated):
    code = LIMITED.format(megabytes=megabytes, bytes=500_000_000)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program(code), stdin=pipe, stdout=pipe, stderr=pipe)
    out, err = await process.communicate(b"x")
    assert (out == b"allocated", b"MemoryError" in err) == (allocated, not allocated)


@pytest.fixture
def asked(monkeypatch):
    """Set when a worker has been asked; whoever waits for it goes on while the worker is at work."""
    event, real = asyncio.Event(), _Worker.ask

    async def ask(worker, request, seconds):
        event.set()
        return await real(worker, request, seconds)

    monkeypatch.setattr(_Worker, "ask", ask)
    return event


async def test_a_cancelled_render_leaves_no_worker_that_would_answer_the_wrong_question(pool, asked):
    long = asyncio.create_task(pool.render(samples.hostile_action_plan()))
    await asked.wait()
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long
    assert (await pool.render(samples.appraisal())).pages == 1
    assert pool._free.qsize() == 2


async def test_a_render_that_is_cancelled_twice_gives_its_place_back(asked, monkeypatch):
    ending, real = asyncio.Event(), _Worker.end

    async def end(worker):
        ending.set()
        try:
            await asyncio.Event().wait()
        finally:
            await real(worker)

    pool = RenderPool(workers=1, program=program("import time; time.sleep(60)"))
    render = asyncio.create_task(pool.render(samples.appraisal()))
    await asked.wait()
    monkeypatch.setattr(_Worker, "end", end)
    render.cancel()
    await ending.wait()
    render.cancel()
    await asyncio.wait([render])
    async with asyncio.timeout(patience(5)):
        await pool.close()
