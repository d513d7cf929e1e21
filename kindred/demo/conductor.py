"""Plays all plots of a year over the same schools and people: each opens, the clock interleaves them, all look back."""

from collections.abc import Sequence

from kindred.demo import aftermath, ground, together
from kindred.demo.plot import Plot, Stage, Until
from kindred.demo.round import Round
from shared.errors import Rejected


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
        together.plan(this)
    stopped = await _stages(this, plots, until)
    if stopped is None:
        await _the_rest(this)
        for plot in plots:
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


async def _the_rest(this: Round) -> None:
    """What is still in the diary, and what is put into it on the way."""
    while this.diary:
        await this.until(this.diary[0][0])
