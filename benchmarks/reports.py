"""Reports a second: ordinary reports of about three pages in all their formats, through the render workers.

`python -m benchmarks.reports [N] [GROUPS]` renders N action plan reports (PDF, page, workbook), each different, with
one and two workers, then the impact report of a cohort of so many groups, then a diagnostic of 200 people. Wall
time after one warm-up report a worker.
"""

import asyncio
import datetime as dt
import os
import resource
import sys
import time

from benchmarks import diagnostics
from services.reporting.domain.impact import Block
from services.reporting.domain.reports.action_plan import ActionPlanReport, action_plan_report
from services.reporting.domain.reports.impact import Asked, ImpactReport, impact_report
from services.reporting.domain.reports.model import SchoolLine
from services.reporting.render.pool import RenderPool
from shared.commands.reporting import Finding, PlannedAction

TODAY = dt.date(2027, 6, 21)
TARGET = 12.0
STATEMENTS = {"use": "I plan to use something from today", "share": "I saw something I want to share"}
STATES = ("not-started", "under-way", "done", "under-way")
DETAIL = "Pupils in Years 3 and 4 read with growing accuracy; in Years 5 and 6 one class in three still decodes. " * 3


def plan(number: int) -> ActionPlanReport:
    findings = tuple(
        Finding(
            title=f"Finding {n} of school {number}", detail=DETAIL, status="at-risk", evidence=("12 lessons", "Minutes")
        )
        for n in range(5)
    )
    actions = tuple(
        PlannedAction(
            what=f"Agree and teach the routine, step {n}",
            owner="English lead",
            due=TODAY + dt.timedelta(days=20 * n - 40),
            success="Nine in ten pupils use it without help",
            status=STATES[n % 4],
            priority=("Reading", "SEND")[n % 2],
        )
        for n in range(16)
    )  # fmt: skip
    return action_plan_report(
        report_id=f"rpt-{number:08d}", edition=1, title="Findings and action plan", programme="Peer visits",
        cohort="Cohort of 2026/27", school=SchoolLine(name=f"School {number}", urn=100_000 + number, authority="Leeds"),
        summary=DETAIL, findings=findings, actions=actions, visits_attended=3, today=TODAY,
    )  # fmt: skip


def impact(groups: int) -> ImpactReport:
    asked = [
        Asked(f"{g}-{v}", f"School {g}-{v}, 3 March 2027", f"{g}", f"Group {g + 1}")
        for g in range(groups)
        for v in range(3)
    ]
    blocks = [
        Block(scope="target", scope_id=each.target_id, group_id=each.group, answers=8, agree={"use": 7, "share": 6})
        for each in asked
    ]
    return impact_report(
        report_id="rpt-impact", edition=1, title="Impact of the programme", programme="Peer visits", year="2026/27",
        schools=3 * groups, blocks=blocks, asked=asked, statements=STATEMENTS, smallest=5, today=TODAY,
    )  # fmt: skip


async def measure(workers: int, number: int) -> float:
    pool, before = RenderPool(workers), _cpu_of_workers()
    warm = await asyncio.gather(*(pool.render(plan(0)) for _ in range(workers)))
    started = time.perf_counter()
    made = await asyncio.gather(*(pool.render(plan(n)) for n in range(1, number + 1)))
    seconds = time.perf_counter() - started
    size = sum(sum(map(len, each.files.values())) for each in made) / number / 1000
    await pool.close()  # the workers' CPU time is known once they have ended
    cpu = (_cpu_of_workers() - before) / (number + workers) * 1000
    what = f"action plan, {warm[0].pages} pages, {size:.0f} kB in 3 formats, {workers} worker(s)"
    print(f"| {what} | {number / seconds:.1f} reports/s | {cpu:.0f} ms CPU each |")
    return number / seconds


def _cpu_of_workers() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def diagnostic(people: int) -> float:
    """Seconds from answers on their sheet to the diagnostic report in all its formats."""
    pool = RenderPool(1)
    await pool.render(diagnostics.report(diagnostics.answered(6)))
    sheet = diagnostics.answered(people)
    started = time.perf_counter()
    made = await pool.render(diagnostics.report(sheet))
    seconds = time.perf_counter() - started
    await pool.close()
    print(f"| diagnostic of {people} people, {made.pages} pages | {seconds:.2f} s | target 1 s |")
    return seconds


async def main(number: int, groups: int) -> None:
    print("| what | measured | |\n| --- | --- | --- |")
    await measure(1, number)
    reached = await measure(2, number)
    pool = RenderPool(1)
    await pool.render(impact(3))
    started = time.perf_counter()
    made = await pool.render(impact(groups))
    print(f"| impact of {groups} groups, {made.pages} pages | {time.perf_counter() - started:.2f} s | |")
    await pool.close()
    await diagnostic(200)
    print(f"\nload average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: wall times of a busy machine say little")
    print(f"target {TARGET:.0f} reports/s on two cores: {'reached' if reached >= TARGET else 'NOT reached'}")


if __name__ == "__main__":
    asked = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*(asked + [120, 333][len(asked) :])))
