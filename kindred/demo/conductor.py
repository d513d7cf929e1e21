"""Plays all plots of a year over the same schools and people: each opens, the clock interleaves them, all look back."""

import datetime as dt
from collections.abc import Sequence

from kindred.demo import aftermath, ground, one_person, together
from kindred.demo.plot import Plot, Stage, Until
from kindred.demo.round import Round, local
from shared.errors import Rejected

LISTED_ON = (12, 4)
"""Month and day on which somebody's list and calendar are looked at: much is owed then, in all programmes."""
SUMMER = (8, 15)
"""Month and day on which nothing happens: programmes of a year are over."""


def must_stop_at(plots: Sequence[Plot], until: Until) -> None:
    """Raise Rejected("unknown-stage") where none of these programmes has the stage at which the year is to stop."""
    if until and until not in {stage.ends_with for plot in plots for stage in plot.stages}:
        said = ", ".join(plot.key for plot in plots)
        raise Rejected("unknown-stage", f"A year of {said} does not stop at {until!r}; leave --until out.")


async def play(this: Round, plots: Sequence[Plot], until: Until = "") -> Stage | None:
    """Play to the end of the year, or up to the stage that is named; return the stage at which it stopped."""
    must_stop_at(plots, until)
    await ground.play(this, this.schools)
    for plot in plots:
        await plot.opens(this)
    if len(plots) > 1:
        this.plan(local(dt.date(this.story.first_year, *LISTED_ON), 15), one_person.look)
    stopped = await _stages(this, plots, until)
    if stopped is None:
        for years in sorted({plot.years for plot in plots}):
            await _until_the_end_of(this, years)
            for plot in plots:
                if plot.years == years:
                    await plot.looks_back(this)
        await aftermath.play(this)
        await together.look_back(this)
        await together.leave(this)
    return stopped


async def _stages(this: Round, plots: Sequence[Plot], until: Until) -> Stage | None:
    """The acts that let time pass; what stands in the diary is played on the way."""
    for stage in (stage for plot in plots for stage in plot.stages):
        for act in stage.plays:
            await act(this)
        if until and stage.ends_with == until:
            return stage
    return None


async def _until_the_end_of(this: Round, years: int) -> None:
    """Play what is still in the diary of these years, and what is put into it on the way."""
    end = local(dt.date(this.story.first_year + years, *SUMMER), 12)
    while this.diary and this.diary[0][0] < end:
        await this.until(this.diary[0][0])
