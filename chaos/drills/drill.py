"""What a drill is, and the table that says how each went."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from chaos.drills.stage import Stage
from shared.errors import KindredError


class UnseenError(KindredError):
    """What had to be seen was not."""


@dataclass(frozen=True)
class Drill:
    """``act`` is what is done, ``must`` what has to be seen; ``play`` does it and says what was seen."""

    name: str
    act: str
    must: str
    play: Callable[[Stage], Awaitable[str]]


@dataclass(frozen=True)
class Outcome:
    """How a drill went."""

    drill: Drill
    seen: str
    seconds: float
    ok: bool


async def run(drill: Drill, stage: Stage) -> Outcome:
    """Play a drill; a failure is an outcome, too."""
    began = time.monotonic()
    try:
        seen, ok = await drill.play(stage), True
    except KindredError as error:
        seen, ok = str(error), False
    except Exception as error:  # noqa: BLE001 - the next drill is played all the same, and the table says why
        seen, ok = f"{type(error).__name__}: {error}", False
    return Outcome(drill, seen, time.monotonic() - began, ok)


def show(console: Console, outcomes: list[Outcome]) -> None:
    """Print the table."""
    table = Table("drill", "act", "must be seen", "seen", "seconds", "", title="The operator's drills", show_lines=True)
    for one in outcomes:
        verdict = "[green]ok[/]" if one.ok else "[red]failed[/]"
        table.add_row(one.drill.name, one.drill.act, one.drill.must, one.seen, f"{one.seconds:.0f}", verdict)
    console.print(table)


def must(holds: bool, otherwise: str) -> None:
    """Raise UnseenError unless it holds."""
    if not holds:
        raise UnseenError(otherwise)
