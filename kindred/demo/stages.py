"""Where the year of the demo may stop, so that a newcomer does the next steps by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, get_args

from kindred.demo.acts import answering, closing, forming, looking_back, opening, signing_in, year
from kindred.demo.exchange.looking_back import play as look_back_on_exchange
from kindred.demo.exchange.opening import play as open_exchange
from kindred.demo.round import Round

Until = Literal["", "matching", "invited", "visits", "findings"]
WORDS: tuple[str, ...] = tuple(word for word in get_args(Until) if word)


@dataclass(frozen=True)
class Stage:
    """A stretch of the year. `then`: what a newcomer does by hand where the year stops after it."""

    ends_with: Until
    plays: tuple[Callable[[Round], Awaitable[None]], ...]
    then: tuple[str, ...] = ()


async def _open(this: Round) -> None:
    await opening.play(this, this.schools)


STAGES: tuple[Stage, ...] = (
    Stage(
        "matching",
        (_open, open_exchange),
        ("Sign in to the console, close enrolment, look at the draft of groups and publish it.",
         "Or type: kindred programmes close, kindred cohorts show, kindred cohorts publish"),
    ),
    Stage(
        "invited",
        (forming.play,),
        ("Open a mail below and answer an invitation as the person it went to.",
         "In the console, see who has answered; or type: kindred visits list"),
    ),
    Stage(
        "visits",
        (answering.play,),
        ("Let time pass: kindred clock advance 4w. Briefs are asked for, and visits take place.",
         "Open the mails below, write a brief, record who came, write an appraisal."),
    ),
    Stage(
        "findings",
        (year.until_findings,),
        ("Let time pass to the day on which findings are asked for: kindred clock advance 2w",
         "Open a request below, write findings with their evidence, and look at the report."),
    ),
    Stage("", (year.play, closing.finish, looking_back.play, look_back_on_exchange)),
)  # fmt: skip


async def play(this: Round, until: Until) -> Stage:
    """Play stage after stage, up to the one that is named or to the end of the year; return the last one."""
    last = STAGES[-1]
    for stage in STAGES:
        for act in stage.plays:
            await act(this)
        if until and stage.ends_with == until:
            last = stage
            break
    await signing_in.play(this)
    return last
