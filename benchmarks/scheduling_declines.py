"""One decline as the service handles it: command to commit, with everything read and written in an embedded MongoDB.

    python -m benchmarks.scheduling_declines 1000 8000 --declines 200

Each is answered in a transaction of its own, as the bus would open it; nothing is sent over NATS.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.scheduling_stored import NOW, made_up, stored
from deploy.embedded.mongo import MongoServer
from services.scheduling.app import build
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.handlers.workers.processes import side_by_side
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.bus.outbox import Cause, save
from shared.commands.scheduling import AnswerInvitation
from shared.mongo import Mongo, connect

T = TypeVar("T")
DATABASE = "bench_scheduling"
Row = dict[str, Any]


@dataclass(slots=True)
class Timed:
    """Seconds of each decline by who declined, and what came of them."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"attendee": [], "facilitator": []})
    moved: int = 0
    asked: int = 0


async def decline_rows(mongo: Mongo, groups: int, count: int) -> list[Row]:
    """A row for declines of people who attend, and one for facilitators."""
    known = made_up(groups, side_by_side(2))
    found = await stored(mongo.database(DATABASE), known)
    frozen = frozen_until(NOW.date(), 10, known.sources.calendars.bank_holidays)
    movable = [each for each in known.published.visits if each.visit.on > frozen]
    rng, timed = random.Random(3), Timed()
    for _ in range(count):
        record = rng.choice(movable)
        for kind in timed.seconds:
            await _decline(mongo, found, await found.visits.visit(record.visit.visit_id), kind, timed)
    return [_row(groups, kind, seconds, timed) for kind, seconds in timed.seconds.items()]


async def _decline(mongo: Mongo, found: Stores, record: VisitRecord, kind: str, timed: Timed) -> None:
    visit_id = record.visit.visit_id
    person = _who(record, kind)
    command = AnswerInvitation(target_id=visit_id, target_kind="visit", person_id=person, answer="declined")
    answer = build(stores=lambda _: found).declaration.commands[AnswerInvitation]
    number = sum(map(len, timed.seconds.values()))
    work = UnitOfWork(now=NOW, actor=person, event_id=f"decline-{number}", correlation_id="bench")
    cause = Cause("scheduling", work.event_id, work.correlation_id, work.event_id)

    async def answered() -> None:
        await answer(command, work)
        await save(mongo.database(DATABASE), work, cause)

    began = time.perf_counter()
    await mongo.in_transaction(answered)
    timed.seconds[kind].append(time.perf_counter() - began)
    told = [type(fact).__name__ for fact in work.outgoing]
    timed.moved += sum(name in {"VisitMoved", "VisitChanged"} for name in told)
    timed.asked += told.count("CoordinatorAsked")


def _who(record: VisitRecord, kind: str) -> str:
    if kind == "facilitator":
        return record.visit.facilitator_id or ""
    required = [one.person_id for one in record.visit.attendees if one.required]
    return required[record.version % len(required)]


def _row(groups: int, kind: str, seconds: list[float], timed: Timed) -> Row:
    seconds = sorted(seconds)
    return {
        "groups": groups,
        "declined by": kind,
        "times": len(seconds),
        "median ms": round(seconds[len(seconds) // 2] * 1e3, 1),
        "p95 ms": round(seconds[int(len(seconds) * 0.95)] * 1e3, 1),
        "all: visits moved": timed.moved,
        "all: left to a person": timed.asked,
    }


def shown(found: list[Row]) -> str:
    """Rows as text in columns."""
    lines = [list(found[0]), *([str(value) for value in each.values()] for each in found)]
    widths = [max(len(line[place]) for line in lines) + 2 for place in range(len(lines[0]))]
    return "\n".join("".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


async def with_mongo(run: Callable[[Mongo, str], Awaitable[T]]) -> T:
    """Run with a MongoDB of its own and its URL; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kindred-bench-", ignore_cleanup_errors=True) as folder:
        server = MongoServer(Path(folder)).start()
        mongo = connect(server.url, "motor")
        try:
            return await run(mongo, server.url)
        finally:
            await mongo.close()
            server.stop()


def main() -> None:
    """Measure the sizes asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=[1000, 8000])
    asked.add_argument("--declines", type=int, default=200, help="of attendees, and as many of facilitators")
    options = asked.parse_args()

    for size in options.sizes:

        async def measure(mongo: Mongo, _: str, size: int = size) -> list[Row]:
            return await decline_rows(mongo, size, options.declines)

        print(shown(asyncio.run(with_mongo(measure))), flush=True)


if __name__ == "__main__":
    main()
