"""A cohort's calendar as the service makes it: loaded from MongoDB, planned, saved, published, and asked about.

    python -m benchmarks.scheduling_service 1000 8000
    python -m benchmarks.scheduling_service 8000 --only questions

`MB` is the most proportional set size (PSS, sampled) of the service's process and the processes that plan for it;
mongod is neither. Each size and part runs in a process of its own on an embedded MongoDB; nothing is sent over NATS.
"""

import argparse
import asyncio
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.measuring import Peak
from benchmarks.scheduling_declines import DATABASE, shown, with_mongo
from benchmarks.scheduling_stored import COHORT, NOW, made_up, planned_yet, stored, stores
from services.scheduling import app
from services.scheduling.domain.calendars.records import HolidayYear
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.workers.planning import PlanningWorker
from services.scheduling.handlers.workers.processes import side_by_side
from services.scheduling.handlers.workers.publishing import PublishingWorker
from services.scheduling.ports.stores import Stores
from services.scheduling.store.sharing import Sharing
from shared.bus import UnitOfWork
from shared.bus.outbox import Cause, save
from shared.commands.scheduling import DraftCalendar, ListVisits, PublishVisits, ShowCalendarImpact
from shared.commands.scheduling_changes import ChangeCalendar, Disruption, WhatIf
from shared.events.base import DateSpan
from shared.mongo import Mongo, connect

Row = dict[str, Any]
Effect = Callable[[UnitOfWork], Awaitable[Any]]
PROCESSES = 2
PARTS = ("calendar", "questions")
DAY, NEXT = dt.date(2027, 3, 4), dt.date(2027, 3, 11)
MONTH = DateSpan(first=dt.date(2027, 3, 1), last=dt.date(2027, 3, 31))


class Steps:
    """Runs what a service does step by step, and notes seconds, peak and longest transaction of each."""

    def __init__(self, mongo: Mongo, groups: int, peak: Peak) -> None:
        self.rows: list[Row] = []
        self._mongo, self._groups, self._peak = mongo, groups, peak
        self._longest, self._transactions, self._told = 0.0, 0, 0

    async def step(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Run one step and add its row."""
        self._longest, self._transactions, self._told = 0.0, 0, 0
        self._peak.restart()
        began = time.perf_counter()
        found = await work()
        self.rows.append(
            {
                "groups": self._groups,
                "step": name,
                "wall s": round(time.perf_counter() - began, 2),
                "MB": round(self._peak.mb),
                "transactions": self._transactions,
                "longest s": round(self._longest, 2),
                "told": self._told,
            }
        )
        return found

    async def transact(self, effect: Effect) -> Any:
        """Run an effect in one transaction with its outbox, as the bus does."""
        number = f"{len(self.rows)}-{self._transactions}"
        cause = Cause("scheduling", number, "bench", number)
        found, work = None, None

        async def body() -> None:
            nonlocal found, work
            work = UnitOfWork(now=NOW, actor="bench", event_id=number, correlation_id="bench")
            found = await effect(work)
            await save(self._mongo.database(DATABASE), work, cause)

        began = time.perf_counter()
        await self._mongo.in_transaction(body)
        self._longest = max(self._longest, time.perf_counter() - began)
        self._transactions += 1
        self._told += len(work.outgoing) if work else 0
        return found


async def calendar_rows(mongo: Mongo, groups: int) -> list[Row]:
    """Rows of drafting, saving and publishing a stored cohort."""
    found = stores(mongo.database(DATABASE))
    with Peak() as peak:
        steps = Steps(mongo, groups, peak)
        await _drafted(found, steps)
        await _published(found, steps)
    return steps.rows


async def _drafted(found: Stores, steps: Steps) -> None:
    publishing = PublishingWorker(found, Changes(found))
    planning = PlanningWorker(found, side_by_side(PROCESSES), publishing, steps.transact, Sharing)
    save_it = await steps.step("load, plan, save ahead", lambda: planning.again(DraftCalendar(cohort_id=COHORT)))
    await steps.step("save", lambda: steps.transact(save_it))


async def _published(found: Stores, steps: Steps) -> None:
    publishing = PublishingWorker(found, Changes(found))
    command = PublishVisits(cohort_id=COHORT, revision=1)
    publish = await steps.step("check", lambda: publishing.publish(command))
    await steps.step("publish", lambda: steps.transact(publish))

    async def the_rest() -> None:
        while await steps.transact(publishing.publish_next):
            pass

    await steps.step("tell the rest", the_rest)


async def question_rows(mongo: Mongo, groups: int) -> list[Row]:
    """Rows of what is asked of a published cohort; at last a pause is carried out, and a day becomes a bank holiday."""
    found = stores(mongo.database(DATABASE))
    declared = app.build(stores=lambda _: found).declaration
    what_if, impact = declared.queries[WhatIf], declared.queries[ShowCalendarImpact]
    events = {each.key: each.on for each in await found.events.dates(COHORT)}
    with Peak() as peak:
        steps = Steps(mongo, groups, peak)
        await steps.step(
            "list 500 visits", lambda: declared.queries[ListVisits](ListVisits(cohort_id=COHORT, limit=500))
        )
        await steps.step("impact", lambda: impact(ShowCalendarImpact(cohort_id=COHORT)))
        pauses = (DAY, DAY), (events["mid-year"],) * 2, (events["closing"],) * 2, (MONTH.first, MONTH.last)
        names = "a day", "an event's day", "the closing's day", "a month"
        for name, (first, last) in zip(names, pauses, strict=True):
            query = WhatIf(cohort_id=COHORT, disruption=_pause(first, last))
            await steps.step(f"what if {name} is paused", partial(what_if, query))
        change = partial(
            declared.commands[ChangeCalendar], ChangeCalendar(cohort_id=COHORT, disruption=_pause(DAY, DAY))
        )
        await steps.step("pause a day", lambda: steps.transact(change))
        known = (await found.calendars.in_force(())).bank_holidays
        days = tuple(sorted({NEXT, *(day for day in known if day.year == NEXT.year)}))
        await found.calendars.put_holidays([HolidayYear(year=NEXT.year, source="bench", days=days)])
        await steps.step("impact of a bank holiday", lambda: impact(ShowCalendarImpact(cohort_id=COHORT)))
    return steps.rows


def _pause(first: dt.date, last: dt.date) -> Disruption:
    return Disruption(kind="postponement", days=(DateSpan(first=first, last=last),))


async def measured_rows(mongo: Mongo, url: str, groups: int, parts: Sequence[str] = PARTS) -> list[Row]:
    """Store a cohort, with a calendar unless one is to be made, and measure each part in a process of its own."""
    known = planned_yet(groups) if "calendar" in parts else made_up(groups, side_by_side(PROCESSES))
    await stored(mongo.database(DATABASE), known)
    del known
    rows: list[Row] = []
    for part in parts:
        command = [sys.executable, "-m", "benchmarks.scheduling_service", str(groups), "--only", part, "--at", url]
        done = await asyncio.to_thread(subprocess.run, command, stdout=subprocess.PIPE, text=True, check=True)
        rows += json.loads(done.stdout)
    return rows


async def _inside(url: str, groups: int, part: str) -> list[Row]:
    app.build()
    mongo = connect(url, "motor")
    try:
        return await {"calendar": calendar_rows, "questions": question_rows}[part](mongo, groups)
    finally:
        await mongo.close()


def main() -> None:
    """Measure the sizes asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=[1000, 8000])
    asked.add_argument("--only", choices=PARTS, help="measure this part only")
    asked.add_argument("--at", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.at:
        print(json.dumps(asyncio.run(_inside(options.at, options.sizes[0], options.only))))
        return
    parts = (options.only,) if options.only else PARTS
    for size in options.sizes:

        async def measure(mongo: Mongo, url: str, size: int = size) -> list[Row]:
            return await measured_rows(mongo, url, size, parts)

        print(shown(asyncio.run(with_mongo(measure))), flush=True)


if __name__ == "__main__":
    main()
