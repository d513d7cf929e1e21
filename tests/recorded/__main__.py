"""`python -m tests.recorded` plays small years of this version, each on a stack of its own, and records them.

What it writes, `tests/recorded/<version>/`, is committed with the release and never changed after it.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from rich.console import Console

from kindred import __version__
from kindred.demo import signing_in
from kindred.demo.local import target
from kindred.demo.round import Round
from kindred.demo.visits import answering, closing, forming, looking_back, opening, year
from kindred.running.stack import Stack
from shared.bus.client import BusClient
from tests.recorded import exceptions, failures, kinds
from tests.recorded.failing import FailingStack
from tests.recorded.recorder import Recorder
from tests.recorded.year import FOLDER, write

SCHOOLS = 8


async def _whole_year(this: Round) -> None:
    await opening.play(this, SCHOOLS)
    for act in (forming.play, answering.play, year.play, closing.finish, looking_back.play, exceptions.after_the_year):
        await act(this)


async def _autumn(this: Round) -> None:
    await opening.play(this, SCHOOLS)
    for act in (exceptions.before_matching, forming.play, exceptions.in_autumn):
        await act(this)


Play = Callable[[Round], Awaitable[None]]


def _failures(folder: Path) -> tuple[Stack, Play]:
    stack = FailingStack(folder)
    return stack, partial(failures.play, stack=stack)


def _ordinary(play: Play, folder: Path) -> tuple[Stack, Play]:
    return Stack(folder, adjustable_clock=True), play


YEARS: dict[str, Callable[[Path], tuple[Stack, Play]]] = {
    "year": partial(_ordinary, _whole_year),
    "autumn": partial(_ordinary, _autumn),
    "failures": _failures,
}


async def record(stack: Stack, file: Path, play: Play, console: Console) -> bool:
    """Play and write what was said in it; False if a step was wrong, and nothing is written."""
    client = await BusClient.connect(stack.servers.nats.url, actor="demo")
    this = Round(target(stack), client, 1, console, console.print)
    this.target.folder.mkdir(parents=True, exist_ok=True)
    try:
        async with Recorder(stack.servers.nats.url) as recorder:
            await signing_in.begin(this)
            await play(this)
    finally:
        await this.close()
        await client.close()
    if this.checks.wrong:
        console.print(*this.checks.wrong, sep="\n")
        return False
    size = write(file, recorder.messages)
    kinds = Counter(message.subject.partition(".")[0] for message in recorder.messages)
    console.print(
        f"{file.name}: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}; {size:,} bytes"
    )
    return True


def main() -> int:
    """Run it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("years", nargs="*", default=list(YEARS), choices=list(YEARS), metavar="|".join(YEARS))
    parser.add_argument("--folder", type=Path, default=FOLDER / __version__)
    chosen = parser.parse_args()
    files = {name: chosen.folder / f"{name}.jsonl.gz" for name in chosen.years}
    if kept := [str(file) for file in files.values() if file.exists()]:
        parser.error(f"{', '.join(kept)} stays as it is. Raise the version first, or name another --folder.")
    right = True
    for name, file in files.items():
        with tempfile.TemporaryDirectory(prefix="kindred-recorded-") as folder:
            stack, play = YEARS[name](Path(folder))
            with stack:
                right = asyncio.run(record(stack, file, play, Console())) and right
    if right:
        kinds.write(chosen.folder)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
