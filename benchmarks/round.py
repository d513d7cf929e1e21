"""A whole round, from the end of enrolment to the last mail accepted, with all services as processes.

``python -m benchmarks.round [SCHOOLS ...]``. Real schools with made-up people and wishes, as in the demo; the
coordinator's commands (publish the groups, publish the dates) are given as soon as there is something to publish, and
their starting up is part of the time.
"""

import asyncio
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from rich.console import Console

from kindred.demo import signing_in
from kindred.demo.outboxes import InReach
from kindred.demo.round import Round
from kindred.demo.target import Target
from kindred.demo.visits import forming, opening
from kindred.running.stack import Stack
from shared.bus.client import BusClient

HEADINGS = ("schools", "groups", "matched s", "planned s", "mailed s", "all s", "mails", "accepted")
PATIENCE = 1800.0


async def play(stack: Stack, schools: int) -> None:
    """Enrol, then measure; print one line."""
    outboxes = InReach(stack.environment["KINDRED_MONGO_URL"])
    replies = ("127.0.0.1", stack.replies_port)
    target = Target(stack.environment, stack.portal_url, stack.mail_url, *replies, stack.folder, outboxes)
    async with await BusClient.connect(stack.environment["KINDRED_NATS_URL"], actor="benchmark") as client:
        this = Round(target, client, 1, Console(quiet=True), lambda _: None, patience=PATIENCE)
        try:
            await signing_in.begin(this)
            await opening.play(this, schools)
            before = set(this.ledger.rows)
            marks = [time.perf_counter()]
            await this.coordinator.run("programmes", "close")
            drafted = await forming.drafted(this, 1)
            marks.append(time.perf_counter())
            await this.coordinator.run("cohorts", "publish", "--revision", str(drafted.cohort.revision))
            planned = await forming.planned_dates(this, drafted.cohort.cohort_id)
            marks.append(time.perf_counter())
            await this.coordinator.run("visits", "publish", "--revision", str(planned.revision), "--leave-out-unplaced")
            await this.settle()
            marks.append(time.perf_counter())
            mails = [row for mail_id, row in this.ledger.rows.items() if mail_id not in before]
        finally:
            await this.close()
    parts = [later - earlier for earlier, later in pairwise(marks)]
    line = (schools, drafted.cohort.groups, *(f"{part:.1f}" for part in (*parts, sum(parts))), len(mails))
    print("".join(str(cell).rjust(11) for cell in (*line, sum(row.state == "accepted" for row in mails))), flush=True)


def main(sizes: list[int]) -> None:
    """Measure each size on servers of its own."""
    print("".join(heading.rjust(11) for heading in HEADINGS), flush=True)
    for schools in sizes:
        with (
            tempfile.TemporaryDirectory(prefix="kindred-round-", ignore_cleanup_errors=True) as folder,
            Stack(Path(folder), adjustable_clock=True) as stack,
        ):
            asyncio.run(play(stack, schools))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [60])
