"""What a programme brings to the year of the demo: a plot. Each is a package of its own; the conductor plays them all.

A plot opens its programme over the schools and people that are there, and puts what happens later into the diary of the
round. So plots know nothing of each other, and what they do is interleaved by the clock.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, get_args

from kindred.demo.round import Round

Act = Callable[[Round], Awaitable[None]]
Until = Literal["", "matching", "invited", "visits", "findings"]
WORDS: tuple[str, ...] = tuple(word for word in get_args(Until) if word)


@dataclass(frozen=True)
class Stage:
    """A stretch of a year. `then`: what a newcomer does by hand where the year stops after it."""

    ends_with: Until
    plays: tuple[Act, ...]
    then: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plot:
    """How the programme of one template is played.

    `opens`: the programme opens, its people join, and what comes later goes into the diary. `stages`: acts that let
    time pass by themselves; of the plots of one year at most one has any, and it is opened first. `looks_back`: what
    only the whole year shows. `shows`: what the summary says of it. `years`:
    how many school years it lasts.
    """

    key: str
    opens: Act
    looks_back: Act
    stages: tuple[Stage, ...] = ()
    years: int = 1
    shows: Callable[[Round], None] | None = None
