"""Somebody in all five programmes: one list, one calendar, one digest a day, no clash; one act to leave them all."""

import datetime as dt
from pathlib import Path

import pytest

from kindred.demo import ground, one_person, together
from kindred.demo.plots import PLOTS
from kindred.demo.round import local
from tests.fakes.town import Town
from tests.fakes.town.playing import TownRound
from tests.unit.kindred.demo.years import wrong
from tests.workers import UNTRACED

pytestmark = UNTRACED
SCHOOLS = 8
AUTUMN = (9, 21)


@pytest.fixture
async def this(tmp_path: Path) -> TownRound:
    """Three weeks into the year."""
    august = dt.datetime(ground.coming_year(dt.datetime.now(dt.UTC)), 8, 20, 9, tzinfo=dt.UTC)
    found = TownRound(Town(at=august), tmp_path)
    await ground.play(found, SCHOOLS)
    for plot in PLOTS:
        await plot.opens(found)
    await found.until(local(dt.date(found.story.first_year, *AUTUMN), 9))
    return found


@pytest.mark.timeout(600)
async def test_whoever_is_in_five_programmes_has_one_of_everything_and_leaves_in_one_act(this: TownRound) -> None:
    await one_person.look(this)
    together.in_calendars_and_mail(this)
    held = {place.programme_id for place in (await together.busiest(this)).places if place.under_way}
    assert held == set(together.programmes(this))
    await together.leave(this)
    assert not wrong(this), wrong(this)
    said = {check.what for check in this.checks.done}
    assert {
        "somebody takes part in 4 programmes at least",
        "what somebody owes in all of their programmes stands on one list",
        "one query finds all of it",
        "their feed and the query of their dates say the same",
        "every invitation that stands is in their one calendar",
        "one query says in which programmes something was not done in time",
        "no two dates of anybody clash across programmes",
        "nobody gets two digests on one day",
        "a leaver hands over all places in one act",
        "erasing somebody leaves no trace of them anywhere",
    } <= said
