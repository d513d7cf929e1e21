"""The portal's pages with 50 people at once: seconds of every kind of page, of signing in, and the portal's memory.

``python -m benchmarks.pages [SCHOOLS ...]``. All services run as processes and are filled as in the demo: groups are
published, and up to `TOLD` schools see the evening of their first visit. Pages are found by following links
(``benchmarks/pages_crawl.py``). Then people look at them:

- `p50`, `p95`: 50 people at once, each of whom opens a page, any of those found, every `READS` seconds on average;
- `together`: p95 when all 50 press in one moment, for one kind after the other;
- `portal`, `others`: milliseconds of processor that a page takes of the portal's process, and of all other services,
  which say more than seconds do on a busy machine;
- `put off`: how often it asked to come back, since a service did not answer in time.

The clients share the processors with all of it.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.console import Console

from benchmarks.pages_crawl import Found, Seen, kinds
from kindred.demo import cast, signing_in
from kindred.demo.browser import NOT_YET, Browser
from kindred.demo.ground import ROOT
from kindred.demo.outboxes import InReach
from kindred.demo.round import Round, local
from kindred.demo.target import Target
from kindred.demo.visits import forming, opening
from kindred.demo.ways_in.entering import Authenticator, enter
from kindred.running.stack import Stack
from shared.bus.client import BusClient
from shared.commands.scheduling import ListVisits, VisitRows

PEOPLE, READS = 50, 2.0
"""People, and seconds from one page to the next."""
EACH = 20
"""Requests of a kind of page, on average."""
IDLE = 2.0
"""Seconds after which a connection is not used again: the portal closes one after five."""
TARGET, SIGN_IN_TARGET = 150.0, 200.0
"""Milliseconds."""
PATIENCE = 1800.0
LOCAL, ENGLAND = 700, ROOT / "data" / "schools-england.csv.gz"
"""More schools than the demo's two regions have come from the whole register."""
TOLD = 300
"""Dates of more schools stay a draft: to invite everybody takes minutes, and what people see of it is as much."""
LETTERS = 8
"""Of each kind of mail whose links are followed."""


@dataclass
class Times:
    """Milliseconds of a kind of page."""

    apart: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)
    put_off: list[str] = field(default_factory=list)
    portal: float = 0.0
    others: float = 0.0
    size: int = 0


class Timed(httpx.AsyncHTTPTransport):
    """Notes how long each form of signing in took; every browser comes from a network of its own."""

    def __init__(self, network: int, noted: dict[str, list[float]]) -> None:
        super().__init__()
        self._from, self._noted = f"10.0.{network // 250}.{network % 250 + 1}", noted

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on."""
        request.headers["x-forwarded-for"] = self._from
        began = time.perf_counter()
        answer = await super().handle_async_request(request)
        await answer.aread()
        if request.method == "POST" and request.url.path.startswith("/sign-in"):
            self._noted[request.url.path].append(1000 * (time.perf_counter() - began))
        return answer


async def fill(this: Round, schools: int) -> None:
    """Let schools enrol, publish groups and dates."""
    await signing_in.begin(this)
    if schools > LOCAL:
        await this.coordinator.run("schools", "import", str(ENGLAND))
    await opening.play(this, schools)
    await this.coordinator.run("programmes", "close")
    drafted = await forming.drafted(this, 1)
    await this.coordinator.run("cohorts", "publish", "--revision", str(drafted.cohort.revision))
    planned = await forming.planned_dates(this, drafted.cohort.cohort_id)
    if schools <= TOLD:
        await this.coordinator.run("visits", "publish", "--revision", str(planned.revision), "--leave-out-unplaced")
        await this.settle()
        first: VisitRows = await this.client.find(ListVisits(cohort_id=drafted.cohort.cohort_id, limit=1))
        await this.until(local(first.visits[0].visit.on, 18))
    await this.settle()


async def signed_in(this: Round, people: int, noted: dict[str, list[float]]) -> list[Browser]:
    """Sign so many people in at once."""
    heads = [one for one in this.story.people.values() if one.role == "headteacher"][:people]

    async def one(number: int, address: str) -> Browser:
        browser = Browser(Timed(number, noted))
        await enter(
            browser, this.public_url, address, await signing_in.next_mail(this, address), Authenticator()
        )  # fmt: skip
        return browser

    return await asyncio.gather(*(one(number, head.email) for number, head in enumerate(heads)))


async def found_pages(this: Round, browsers: Sequence[Browser]) -> Found:
    """Find pages by mails, as people who have signed in, and as the coordinator."""
    found, url = Found(), this.public_url
    kind: dict[str, int] = defaultdict(int)
    for mail_id, row in this.ledger.rows.items():
        letters = this.ledger.received.get(mail_id)
        if letters and kind[row.template] < LETTERS:
            kind[row.template] += 1
            await found.follow(Browser(this.transport), letters[0].links)
    for browser in browsers[:LETTERS]:
        await found.follow(browser, (f"{url}/me", f"{url}/me/todo"))
    coordinator = cast.coordinator(this.seed).email
    browser = Browser(this.transport)
    own = this.authenticators[coordinator.casefold()]
    await enter(browser, url, coordinator, await signing_in.next_mail(this, coordinator), own)
    await found.follow(browser, (f"{url}/console", f"{url}/console/programmes"), 4)
    return found


async def ask(client: httpx.AsyncClient, seen: Seen, times: list[float], put_off: list[str]) -> int:
    """Open a page; return its bytes. Raises where it is none; `put_off` notes one that asks to come back (503)."""
    began = time.perf_counter()
    answer = await client.get(seen.url, headers={"cookie": seen.cookies})
    times.append(1000 * (time.perf_counter() - began))
    if answer.status_code == NOT_YET:
        put_off.append(seen.url)
        return 0
    answer.raise_for_status()
    return len(answer.content)


async def look(found: Found, services: Mapping[str, int], given: argparse.Namespace) -> dict[str, Times]:
    """Let people look: each at any page after the other; then all of them at one in the same moment."""
    drawn, times, people = random.Random(1), {kind: Times() for kind in found.pages}, given.people
    limits = httpx.Limits(max_connections=2 * people, max_keepalive_connections=people, keepalive_expiry=IDLE)
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        for _ in range(2):  # the first pages load what later ones need
            for kind, pages in found.pages.items():
                times[kind].size = max([await ask(client, seen, [], []) for seen in pages])
        order = [kind for kind in found.pages for _ in range(given.each)]
        drawn.shuffle(order)

        async def person(kinds: Sequence[str]) -> None:
            for kind in kinds:
                await asyncio.sleep(drawn.uniform(0, 2 * given.reads))
                await ask(client, drawn.choice(found.pages[kind]), times[kind].apart, times[kind].put_off)

        await asyncio.gather(*(person(order[number::people]) for number in range(people)))
        for kind, pages in found.pages.items():
            before = {name: cpu(process) for name, process in services.items()}
            every = (ask(client, drawn.choice(pages), times[kind].together, times[kind].put_off) for _ in range(people))
            await asyncio.gather(*every)
            spent = {name: (cpu(process) - before[name]) / people for name, process in services.items()}
            times[kind].portal = spent.pop("portal")
            times[kind].others = sum(spent.values())
    return times


def cpu(process: int) -> float:
    """Milliseconds of processor time that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    """Megabytes of memory that a process has now."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def at(share: float, times: Sequence[float]) -> float:
    """The time that so many of a hundred stay under."""
    return statistics.quantiles(times, n=100, method="inclusive")[round(100 * share) - 1] if times[1:] else times[0]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in Markdown."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(times: dict[str, Times], noted: dict[str, list[float]]) -> str:
    """What came out, the slowest first."""
    slowest = sorted(times.items(), key=lambda one: -at(0.95, one[1].apart))
    rows = [
        (f"`{kind}`", str(len(one.apart)), f"{at(0.5, one.apart):.0f}", f"{at(0.95, one.apart):.0f}",
         f"{at(0.95, one.together):.0f}", f"{one.portal:.0f}", f"{one.others:.0f}", f"{one.size / 1000:.0f}",
         str(len(one.put_off)))
        for kind, one in slowest
    ]  # fmt: skip
    signing = [
        (f"`{path}`", str(len(each)), f"{at(0.5, each):.0f}", f"{at(0.95, each):.0f}") for path, each in noted.items()
    ]
    pages = table(
        ("page", "requests", "p50 ms", "p95 ms", "together ms", "portal ms", "others ms", "kB", "put off"), rows
    )
    return f"{pages}\n\n{table(('signing in', 'requests', 'p50 ms', 'p95 ms'), signing)}"


async def play(stack: Stack, schools: int, given: argparse.Namespace) -> None:
    """Fill, look, print."""
    outboxes = InReach(stack.environment["KINDRED_MONGO_URL"])
    replies = ("127.0.0.1", stack.replies_port)
    target = Target(stack.environment, stack.portal_url, stack.mail_url, *replies, stack.folder, outboxes)
    noted: dict[str, list[float]] = defaultdict(list)
    portal = stack.children["portal"].pid
    async with await BusClient.connect(stack.environment["KINDRED_NATS_URL"], actor="benchmark") as client:
        this = Round(target, client, 1, Console(quiet=True), lambda _: None, patience=PATIENCE)
        try:
            began = time.perf_counter()
            await fill(this, schools)
            filled, empty = time.perf_counter() - began, resident(portal)
            found = await found_pages(this, await signed_in(this, given.people, noted))
            services = {name: child.pid for name, child in stack.children.items()}
            times = await look(found, services, given)
        finally:
            await this.close()
    print(
        f"\n{schools:,} schools, {len(this.story.people):,} people, {len(this.ledger.rows):,} mails: {filled:.0f} s\n"
    )
    print(f"Load of the machine meanwhile: {os.getloadavg()[1]:.0f} on {os.cpu_count()} processors.\n")
    print(shown(times, noted))
    missing = [kind for kind in kinds() if kind not in times]
    late = [kind for kind, one in times.items() if at(0.95, one.apart) > TARGET]
    slow = [path for path, one in noted.items() if at(0.95, one) > SIGN_IN_TARGET]
    print(f"\nThe portal's memory: {empty:.0f} MB once filled, {resident(portal):.0f} MB after,")
    print(f"{stack.peak_memory()['portal'] / 1e6:.0f} MB at most.")
    print(f"Over {TARGET:.0f} ms: {', '.join(late) or 'none'}. Signing in over {SIGN_IN_TARGET:.0f} ms:", end=" ")
    print(f"{', '.join(slow) or 'none'}.")
    print(f"{len(times)} kinds of page; no link leads to {len(missing)} others at this time of the year.")
    if given.unseen:
        print("\n".join(missing))


def main() -> int:
    """Measure each size on servers of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=[60, 2000])
    asked.add_argument("--people", type=int, default=PEOPLE)
    asked.add_argument("--each", type=int, default=EACH, help="requests of a kind of page")
    asked.add_argument("--reads", type=float, default=READS, help="seconds from one page of a person to the next")
    asked.add_argument("--unseen", action="store_true", help="name the pages that no link led to")
    given = asked.parse_args()
    os.environ["KINDRED_PORTAL_PROXIES"] = "127.0.0.1"  # people come from networks of their own
    for schools in given.sizes:
        with (
            tempfile.TemporaryDirectory(prefix="kindred-pages-", ignore_cleanup_errors=True) as folder,
            Stack(Path(folder), adjustable_clock=True) as stack,
        ):
            asyncio.run(play(stack, schools, given))
    return 0


if __name__ == "__main__":
    sys.exit(main())
