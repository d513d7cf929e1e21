"""Plays a year of programmes from the register to the last report, against whichever Kindred it is given."""

import time
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kindred.demo import conductor, signing_in, summary
from kindred.demo.plot import Plot, Until
from kindred.demo.plots import PLOTS
from kindred.demo.round import Round
from kindred.demo.target import Target
from kindred.demo.ways_in import roles
from shared.bus.client import BusClient

LEAST_PATIENCE = 60.0
"""Seconds that matching and the planning of dates may take; for each school it is one more."""


async def play(
    target: Target, console: Console, schools: int, seed: int, until: Until = "", plots: Sequence[Plot] = PLOTS
) -> Round:
    """Play the round, to its end or `until` a stage is over; what held and what did not is in its `checks`."""
    target.folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    client = await BusClient.connect(target.settings["KINDRED_NATS_URL"], actor="demo", **credentials(target.settings))
    try:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            this = Round(
                target, client, seed, console, _teller(bar), patience=LEAST_PATIENCE + schools, schools=schools
            )
            try:
                await signing_in.begin(this)
                stopped = await conductor.play(this, plots, until)
                this.ways_in = await roles.ways(this)
            except BaseException:
                summary.verdict(console, this)
                raise
            finally:
                await this.close()
        if stopped is not None:
            summary.stopped(this, stopped.then)
        else:
            summary.show(this, plots, time.monotonic() - began)
        return this
    finally:
        await client.close()


def credentials(settings: dict[str, str]) -> dict[str, str]:
    """Return user and password for the bus, where the settings name them."""
    named = {"user": settings.get("KINDRED_NATS_USER"), "password": settings.get("KINDRED_NATS_PASSWORD")}
    return {name: value for name, value in named.items() if value}


def _teller(bar: Progress) -> Callable[[str], None]:
    """Each act is a line with its time; the last one turns."""
    started = time.monotonic()
    lines: list[int] = []

    def tell(what: str) -> None:
        for line in lines:
            bar.update(line, completed=1, total=1)  # type: ignore[arg-type]  # a list of task ids, which rich calls int
        lines.append(bar.add_task(what, total=None))
        if not bar.console.is_terminal:
            bar.console.print(f"{time.monotonic() - started:6.1f} s  {what}")

    return tell
