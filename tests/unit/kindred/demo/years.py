"""Whole years of the demo's plots in the town, over twelve real schools of the register."""

import datetime as dt
from pathlib import Path

from kindred.demo import conductor, ground
from kindred.demo.plots import chosen
from tests.fakes.town import Town
from tests.fakes.town.playing import TownRound

SCHOOLS = 12


async def played(folder: Path, *keys: str) -> TownRound:
    """A year of these programmes, played to its end; what did not hold is in its checks."""
    august = dt.datetime(ground.coming_year(dt.datetime.now(dt.UTC)), 8, 20, 9, tzinfo=dt.UTC)
    this = TownRound(Town(at=august), folder)
    this.schools = SCHOOLS
    await conductor.play(this, chosen(keys))
    return this


def wrong(this: TownRound) -> str:
    """What did not hold, line by line."""
    return "\n".join(f"{check.what}: {check.detail}" for check in this.checks.wrong)
